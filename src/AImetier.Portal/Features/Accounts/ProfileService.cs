using AImetier.Portal.Data;
using AImetier.Portal.Features.Activity;
using AImetier.Portal.Features.Shared;
using Microsoft.EntityFrameworkCore;

namespace AImetier.Portal.Features.Accounts;

/// <summary>Reads and changes what a person says about themselves.</summary>
/// <param name="db">The database.</param>
/// <param name="activity">The activity log.</param>
public sealed class ProfileService(PortalDbContext db, ActivityLog activity)
{
    /// <summary>The person behind an actor.</summary>
    /// <param name="actor">A signed-in person.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    public Task<Person> GetAsync(Actor actor, CancellationToken cancellationToken) =>
        db.Set<Person>().SingleAsync(person => person.Id == actor.Id, cancellationToken);

    /// <summary>Changes name, language and, of owners and admins, whether they are told that something waits.</summary>
    /// <param name="actor">A signed-in person.</param>
    /// <param name="displayName">What was typed as the name.</param>
    /// <param name="language"><c>en</c> or <c>fr</c>; anything else follows the browser.</param>
    /// <param name="emailWhenWaiting">Whether to be told by e-mail that something waits; null leaves it.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>Outcome for the name; unless it is good, nothing was changed.</returns>
    public async Task<NameCheck> ChangeAsync(
        Actor actor, string? displayName, string? language, bool? emailWhenWaiting, CancellationToken cancellationToken)
    {
        var check = NameCheck.Of(displayName, Person.LongestName);
        if (check is not NameCheck.Good(var name))
            return check;
        var person = await GetAsync(actor, cancellationToken);
        var former = person.DisplayName;
        person.DisplayName = name;
        person.Language = LanguageCookie.Knows(language) ? language : null;
        if (person.Role is PersonRole.Owner or PersonRole.Admin)
            person.EmailWhenWaiting = emailWhenWaiting ?? person.EmailWhenWaiting;
        await SaveAsync(actor, person, former, cancellationToken);
        return check;
    }

    /// <summary>Changes the language alone.</summary>
    /// <param name="actor">A signed-in person.</param>
    /// <param name="language"><c>en</c> or <c>fr</c>; anything else follows the browser.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public async Task ChangeLanguageAsync(Actor actor, string? language, CancellationToken cancellationToken)
    {
        var person = await GetAsync(actor, cancellationToken);
        person.Language = LanguageCookie.Knows(language) ? language : null;
        await SaveAsync(actor, person, person.DisplayName, cancellationToken);
    }

    private async Task SaveAsync(Actor actor, Person person, string former, CancellationToken cancellationToken)
    {
        if (!db.ChangeTracker.HasChanges())
            return;
        var detail = string.Equals(former, person.DisplayName, StringComparison.Ordinal) ? null : former;
        activity.Add(actor, ActivityAction.ProfileChanged, person.Id, person.DisplayName, detail: detail);
        await db.SaveChangesAsync(cancellationToken);
    }
}
