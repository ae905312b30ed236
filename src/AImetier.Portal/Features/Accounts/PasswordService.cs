using System.Data;
using System.Security.Cryptography;
using AImetier.Portal.Data;
using AImetier.Portal.Features.Activity;
using Microsoft.EntityFrameworkCore;

namespace AImetier.Portal.Features.Accounts;

/// <summary>Changes passwords: with the current one, or with a link from the console.</summary>
/// <param name="db">The database.</param>
/// <param name="people">People and their passwords.</param>
/// <param name="signIn">Checks the current password.</param>
/// <param name="sessions">Sessions.</param>
/// <param name="delays">Waits after wrong codes.</param>
/// <param name="activity">The activity log.</param>
/// <param name="time">The clock.</param>
public sealed class PasswordService(
    PortalDbContext db,
    PersonManager people,
    SignInService signIn,
    SessionService sessions,
    SignInDelays delays,
    ActivityLog activity,
    TimeProvider time)
{
    private const string ResetAccount = "reset";

    private IQueryable<PasswordReset> Resets => db.Set<PasswordReset>().IgnoreQueryFilters();

    /// <summary>Changes the password of a signed-in person and ends their other sessions.</summary>
    /// <param name="actor">The person.</param>
    /// <param name="sessionKey">The session that goes on.</param>
    /// <param name="current">What was typed as the current password.</param>
    /// <param name="chosen">The new password.</param>
    /// <param name="visitor">The browser.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="TooManySignInsException">The queue of password checks is full.</exception>
    public async Task<PasswordOutcome> ChangeAsync(
        Actor actor, string sessionKey, string current, string chosen, Visitor visitor, CancellationToken cancellationToken)
    {
        var person = await people.FindByIdAsync(actor.Id) ?? throw new InvalidOperationException("The signed-in person is gone.");
        if (PasswordRule.Check(chosen, person.Email) is { } problem)
            return new PasswordOutcome.Rejected(problem);
        var (right, wait) = await signIn.ConfirmAsync(actor.Id, sessionKey, current, visitor, cancellationToken);
        if (!right)
            return wait > TimeSpan.Zero ? new PasswordOutcome.Wait(wait) : new PasswordOutcome.Refused();

        await people.SetPasswordAsync(person, chosen, visitor.Source, cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await StoreAsync(person, sessionKey, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new PasswordOutcome.Changed(SessionId: null);
    }

    /// <summary>Makes a one-hour link for a person and ends their sessions.</summary>
    /// <param name="email">E-mail of the person.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The code for the link, or null when nobody has that e-mail.</returns>
    public async Task<string?> MakeLinkAsync(string email, CancellationToken cancellationToken)
    {
        if (await people.FindByNameAsync(email.Trim()) is not { } person)
            return null;

        var now = time.GetUtcNow();
        var code = RandomNumberGenerator.GetHexString(64, lowercase: true);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        db.RemoveRange(await Resets.Where(reset => reset.PersonId == person.Id || reset.ExpiresAt < now).ToListAsync(cancellationToken));
        db.Add(new PasswordReset
        {
            Key = Session.KeyOf(code),
            WorkspaceId = person.WorkspaceId,
            PersonId = person.Id,
            ExpiresAt = now + PasswordReset.Lasts,
        });
        await sessions.EndAllAsync(person.Id, exceptKey: null, cancellationToken);
        activity.Add(Actor.System(person.WorkspaceId), ActivityAction.PasswordResetLinkMade, person.Id, person.DisplayName);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return code;
    }

    /// <summary>Uses a link: sets the new password, ends every session and begins one.</summary>
    /// <param name="code">Code of the link.</param>
    /// <param name="chosen">The new password.</param>
    /// <param name="visitor">The browser.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>A password that is not taken leaves the link good.</returns>
    /// <exception cref="TooManySignInsException">The queue of password hashing is full.</exception>
    public async Task<PasswordOutcome> ResetAsync(string code, string chosen, Visitor visitor, CancellationToken cancellationToken)
    {
        if (delays.Begin(ResetAccount, visitor.Source, known: true) is { } wait)
            return new PasswordOutcome.Wait(wait);

        var key = Session.KeyOf(code.Trim());
        if (await PersonOfAsync(key, cancellationToken) is not { } person)
            return new PasswordOutcome.Refused();
        delays.Succeeded(ResetAccount, visitor.Source, known: true);
        if (PasswordRule.Check(chosen, person.Email) is { } problem)
            return new PasswordOutcome.Rejected(problem);

        await people.SetPasswordAsync(person, chosen, visitor.Source, cancellationToken);

        // Of two uses at the same moment one deletes the link; the other finds it gone and stores nothing.
        await using var transaction = await db.Database.BeginTransactionAsync(IsolationLevel.Serializable, cancellationToken);
        if (await Resets.Where(reset => reset.Key == key).ExecuteDeleteAsync(cancellationToken) == 0)
            return new PasswordOutcome.Refused();
        var id = await sessions.BeginAsync(person, visitor, cancellationToken);
        await StoreAsync(person, keptSession: null, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new PasswordOutcome.Changed(id);
    }

    private async Task<Person?> PersonOfAsync(string key, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var link = await Resets.AsNoTracking().SingleOrDefaultAsync(reset => reset.Key == key && reset.ExpiresAt > now, cancellationToken);
        return link is null ? null : await people.FindByIdAsync(link.PersonId);
    }

    // Sessions first: the one that begins with the new password is only in the context yet. Identity's own save renews the concurrency stamp
    // and stores everything that is there.
    private async Task StoreAsync(Person person, string? keptSession, CancellationToken cancellationToken)
    {
        await sessions.EndAllAsync(person.Id, keptSession, cancellationToken);
        activity.Add(person.ToActor(), ActivityAction.PasswordChanged, person.Id, person.DisplayName);
        if (keptSession is null)
            activity.Add(person.ToActor(), ActivityAction.SignedIn, person.Id, person.DisplayName);
        var result = await people.UpdateAsync(person);
        if (!result.Succeeded)
            throw new InvalidOperationException("The person was refused: " + string.Join(", ", result.Errors.Select(error => error.Code)));
    }
}
