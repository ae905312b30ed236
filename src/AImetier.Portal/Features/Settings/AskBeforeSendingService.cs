using AImetier.Portal.Data;
using AImetier.Portal.Features.Accounts;
using AImetier.Portal.Features.Activity;
using Microsoft.EntityFrameworkCore;

namespace AImetier.Portal.Features.Settings;

/// <summary>Turns Ask before sending on and off.</summary>
/// <param name="db">The database.</param>
/// <param name="signIn">Checks the password.</param>
/// <param name="activity">Notes the change.</param>
public sealed class AskBeforeSendingService(PortalDbContext db, SignInService signIn, ActivityLog activity)
{
    /// <summary>Turns it on.</summary>
    /// <param name="actor">The admin.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public Task TurnOnAsync(Actor actor, CancellationToken cancellationToken) => SetAsync(actor, on: true, cancellationToken);

    /// <summary>Turns it off, with the password of the admin every time.</summary>
    /// <param name="actor">The admin.</param>
    /// <param name="sessionKey">Their session.</param>
    /// <param name="password">What was typed.</param>
    /// <param name="visitor">The browser.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="TooManySignInsException">The queue of password checks is full.</exception>
    public async Task<AskOutcome> TurnOffAsync(Actor actor, string sessionKey, string password, Visitor visitor, CancellationToken cancellationToken)
    {
        var (right, wait) = await signIn.ConfirmAsync(actor.Id, sessionKey, password, visitor, cancellationToken);
        if (!right)
            return wait > TimeSpan.Zero ? new AskOutcome.Wait(wait) : new AskOutcome.WrongPassword();
        await SetAsync(actor, on: false, cancellationToken);
        return new AskOutcome.Off();
    }

    private async Task SetAsync(Actor actor, bool on, CancellationToken cancellationToken)
    {
        var workspace = await db.Set<Workspace>().SingleAsync(row => row.Id == actor.WorkspaceId, cancellationToken);
        if (workspace.AskBeforeSending == on)
            return;
        workspace.AskBeforeSending = on;
        activity.Add(actor, on ? ActivityAction.AskBeforeSendingOn : ActivityAction.AskBeforeSendingOff, workspace.Id, workspace.Name);
        await db.SaveChangesAsync(cancellationToken);
    }
}
