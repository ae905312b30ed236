using AImetier.Portal.Data;
using AImetier.Portal.Features.Activity;
using AImetier.Portal.Features.Connectors;
using AImetier.Portal.Features.Teammates;
using Microsoft.EntityFrameworkCore;

namespace AImetier.Portal.Features.Approvals;

/// <summary>One attempt to send one approval: claims the row, sends exactly what was approved, stores how it ended.</summary>
/// <param name="db">The database.</param>
/// <param name="channel">The way out.</param>
/// <param name="changes">Changes states with their events.</param>
/// <param name="activity">The activity log.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">The log.</param>
public sealed partial class ApprovalSender(
    PortalDbContext db, IOutwardChannel channel, ApprovalChanges changes, ActivityLog activity, TimeProvider time, ILogger<ApprovalSender> logger)
{
    /// <summary>How long an attempt may run before nobody knows how it ended.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(3);

    /// <summary>How long the channel may take; well within <see cref="Lease"/>.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    private const int MostTries = 12;

    /// <summary>Sends an approval unless another process or an earlier look has it, or its content is not the approved one.</summary>
    /// <param name="approvalId">An approval of the current workspace.</param>
    /// <returns>Whether it tried.</returns>
    public async Task<bool> SendAsync(string approvalId)
    {
        var state = await channel.StateAsync(CancellationToken.None);
        if (state == ChannelState.NotConnected || await ClaimAsync(approvalId) is not { } claimed)
            return false;

        // Twice on purpose: the claim asked the row, this asks the bytes that are about to leave.
        if (!string.Equals(EmailContent.HashOf(claimed.Content), claimed.ApprovedHash, StringComparison.Ordinal))
            throw new InvalidOperationException($"The content of {approvalId} is not what was approved.");

        using var limit = new CancellationTokenSource(Longest, time);
        SendOutcome outcome;
        try
        {
            outcome = await channel.SendAsync(claimed.Id, claimed.ReadContent(), limit.Token);
        }
        catch (Exception e)
        {
            // A channel ends with an outcome; one that throws has a bug, and nobody knows what left.
            LogChannelBroke(e, claimed.Id);
            outcome = new SendOutcome.Uncertain();
        }

        await StoreAsync(claimed, outcome);
        LogEnded(claimed.Id, outcome.GetType().Name);
        return true;
    }

    /// <summary>Says of an attempt whose lease has lapsed that nobody knows how it ended.</summary>
    /// <param name="approvalId">An approval of the current workspace.</param>
    /// <param name="cancellationToken">Stops before anything is stored.</param>
    public async Task GiveUpAsync(string approvalId, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await changes.ChangeAsync(
            approvalId,
            open => open.Where(approval => approval.State == ApprovalState.Sending && approval.SendingUntil < now),
            set => set.SetProperty(approval => approval.State, ApprovalState.Uncertain).SetProperty(approval => approval.SendingUntil, (DateTimeOffset?)null),
            "approval.uncertain",
            cancellationToken) is not { } lapsed)
        {
            return;
        }

        Note(lapsed, ActivityAction.ApprovalUncertain);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(CancellationToken.None);
        LogEnded(lapsed.Id, "lapsed");
    }

    private async Task<Approval?> ClaimAsync(string approvalId)
    {
        var attempt = EntityId.New("att");
        var until = time.GetUtcNow() + Lease;
        await using var transaction = await db.Database.BeginTransactionAsync(CancellationToken.None);
        var claimed = await changes.ChangeAsync(
            approvalId,
            open => open.Where(approval => approval.State == ApprovalState.Approved && approval.ContentHash == approval.ApprovedHash),
            set => set.SetProperty(approval => approval.State, ApprovalState.Sending)
                .SetProperty(approval => approval.AttemptId, attempt)
                .SetProperty(approval => approval.SendingUntil, until),
            eventType: null,
            CancellationToken.None);
        await transaction.CommitAsync(CancellationToken.None);
        return claimed;
    }

    private async Task StoreAsync(Approval claimed, SendOutcome outcome)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await StoreOnceAsync(claimed, outcome);
                return;
            }
            catch (Exception e) when (attempt < MostTries && e is (System.Data.Common.DbException or DbUpdateException))
            {
                // What has left must be known as left: each try waits for the database as long as SQLite does. After the last, the lease lapses.
                LogNotStored(claimed.Id, attempt);
                db.ChangeTracker.Clear();
            }
        }
    }

    private async Task StoreOnceAsync(Approval claimed, SendOutcome outcome)
    {
        var now = time.GetUtcNow();
        var (state, type, action) = outcome switch
        {
            SendOutcome.Sent => (ApprovalState.Sent, "approval.sent", ActivityAction.ApprovalSent),
            SendOutcome.Saved => (ApprovalState.Saved, "approval.saved", ActivityAction.ApprovalSaved),
            SendOutcome.Failed => (ApprovalState.Failed, "approval.failed", ActivityAction.ApprovalFailed),
            SendOutcome.Uncertain => (ApprovalState.Uncertain, "approval.uncertain", ActivityAction.ApprovalUncertain),
            _ => (ApprovalState.Approved, (string?)null, (ActivityAction?)null),
        };
        var left = state is ApprovalState.Sent or ApprovalState.Saved;
        var failed = outcome as SendOutcome.Failed;
        await using var transaction = await db.Database.BeginTransactionAsync(CancellationToken.None);

        // Nothing was tried, so it would wait again; but what waits ends with its teammate, and this one may have been removed in the meantime.
        var canceled = state == ApprovalState.Approved
            && await db.Set<Teammate>().AnyAsync(teammate => teammate.Id == claimed.TeammateId && teammate.RemovedAt != null);
        if (canceled)
            (state, type) = (ApprovalState.Canceled, "approval.decided");
        var stored = await changes.ChangeAsync(
            claimed.Id,
            open => open.Where(approval => approval.State == ApprovalState.Sending && approval.AttemptId == claimed.AttemptId),
            set => set.SetProperty(approval => approval.State, state)
                .SetProperty(approval => approval.SendingUntil, (DateTimeOffset?)null)
                .SetProperty(approval => approval.SentAt, left ? now : null)
                .SetProperty(approval => approval.DecidedAt, approval => canceled ? now : approval.DecidedAt)
                .SetProperty(approval => approval.Failure, failed == null ? null : failed.Failure)
                .SetProperty(approval => approval.FailureDetail, failed == null ? null : failed.Detail),
            type,
            CancellationToken.None);
        if (stored is not null && action is { } act)
            Note(stored, act);
        await db.SaveChangesAsync(CancellationToken.None);
        await transaction.CommitAsync(CancellationToken.None);
    }

    private void Note(Approval approval, ActivityAction action) =>
        activity.Add(Actor.System(approval.WorkspaceId), action, approval.Id, approval.ReadContent().To, approval.TeammateId);

    [LoggerMessage(EventName = "approval.channel_broke", Level = LogLevel.Error, Message = "Sending {ApprovalId} broke")]
    private partial void LogChannelBroke(Exception failure, string approvalId);

    [LoggerMessage(EventName = "approval.not_stored", Level = LogLevel.Warning, Message = "The outcome of {ApprovalId} could not be stored (try {Attempt})")]
    private partial void LogNotStored(string approvalId, int attempt);

    [LoggerMessage(EventName = "approval.ended", Level = LogLevel.Information, Message = "The attempt to send {ApprovalId} ended: {Outcome}")]
    private partial void LogEnded(string approvalId, string outcome);
}
