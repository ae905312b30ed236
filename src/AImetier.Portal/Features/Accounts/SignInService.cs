using AImetier.Portal.Data;
using AImetier.Portal.Features.Activity;
using Microsoft.EntityFrameworkCore;

namespace AImetier.Portal.Features.Accounts;

/// <summary>Signs people in by e-mail and password.</summary>
/// <param name="people">People and their passwords.</param>
/// <param name="sessions">Sessions.</param>
/// <param name="delays">Waits after wrong tries.</param>
/// <param name="refused">Notes refused tries.</param>
/// <param name="activity">The activity log.</param>
/// <param name="db">The database.</param>
public sealed class SignInService(
    PersonManager people, SessionService sessions, SignInDelays delays, RefusedSignIns refused, ActivityLog activity, PortalDbContext db)
{
    /// <summary>Checks e-mail and password, with the same work and the same answer when nobody has that e-mail, and begins a session.</summary>
    /// <param name="email">What was typed.</param>
    /// <param name="password">What was typed.</param>
    /// <param name="visitor">The browser.</param>
    /// <param name="replacedKey">Key of the session this browser had until now, or null.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="TooManySignInsException">The queue of password checks is full.</exception>
    public async Task<SignInOutcome> SignInAsync(string email, string password, Visitor visitor, string? replacedKey, CancellationToken cancellationToken)
    {
        // What is longer than an e-mail can be, or no text at all, belongs to nobody, and must not fill the memory of failures.
        var name = email.Trim();
        if (name.Length > Person.LongestEmail || !IsText(name))
            name = "nobody";
        var account = people.NormalizeEmail(name)!;
        var person = await people.FindByNameAsync(name);
        var known = await sessions.IsKnownSourceAsync(person?.Id ?? "", visitor.Source, cancellationToken);
        if (delays.Begin(account, visitor.Source, known) is { } wait)
            return new SignInOutcome.Wait(wait);
        if (!await CheckAsync(account, person, password, visitor.Source, known, cancellationToken) || person is null)
            return new SignInOutcome.Refused();

        // The check took a while. A password changed meanwhile ended every session: this one must not begin after.
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var current = await db.Set<Person>().IgnoreQueryFilters().Where(row => row.Id == person.Id).Select(row => row.PasswordHash).SingleOrDefaultAsync(cancellationToken);
        if (!string.Equals(current, db.Entry(person).Property(row => row.PasswordHash).OriginalValue, StringComparison.Ordinal))
            return new SignInOutcome.Refused();

        if (replacedKey is not null)
            await sessions.ReplaceAsync(replacedKey, cancellationToken);
        var id = await sessions.BeginAsync(person, visitor, cancellationToken);
        activity.Add(person.ToActor(), ActivityAction.SignedIn, person.Id, person.DisplayName);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        var workspaceLanguage = await db.Set<Workspace>().Where(workspace => workspace.Id == person.WorkspaceId).Select(workspace => workspace.Language).SingleAsync(cancellationToken);
        return new SignInOutcome.SignedIn(id, person.Language, workspaceLanguage);
    }

    /// <summary>Checks the password of a signed-in person again and renews the proof of their session.</summary>
    /// <param name="personId">Who is signed in.</param>
    /// <param name="sessionKey">Their session.</param>
    /// <param name="password">What was typed.</param>
    /// <param name="visitor">The browser.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>True when it was right, else the wait for the next try; zero means at once.</returns>
    /// <exception cref="TooManySignInsException">The queue of password checks is full.</exception>
    public async Task<(bool Right, TimeSpan Wait)> ConfirmAsync(
        string personId, string sessionKey, string password, Visitor visitor, CancellationToken cancellationToken)
    {
        var person = await people.FindByIdAsync(personId) ?? throw new InvalidOperationException("The signed-in person is gone.");
        var account = person.NormalizedEmail!;
        if (delays.Begin(account, visitor.Source, known: true) is { } wait)
            return (false, wait);
        if (!await CheckAsync(account, person, password, visitor.Source, known: true, cancellationToken))
            return (false, TimeSpan.Zero);

        await sessions.ProveAsync(sessionKey, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        return (true, TimeSpan.Zero);
    }

    private static bool IsText(string name) => name.EnumerateRunes().All(rune => rune != System.Text.Rune.ReplacementChar);

    private async Task<bool> CheckAsync(
        string account, Person? person, string password, string source, bool known, CancellationToken cancellationToken)
    {
        bool right;
        try
        {
            right = await people.CheckPasswordAsync(person, password, source, cancellationToken);
        }
        catch (TooManySignInsException)
        {
            delays.Abandoned(account, source, known);
            throw;
        }

        if (right)
        {
            delays.Succeeded(account, source, known);
            return true;
        }

        if (person is not null)
            refused.Note(new RefusedSignIn(person.WorkspaceId, person.Id, person.DisplayName));
        return false;
    }
}
