using AImetier.Portal.Data;
using AImetier.Portal.Features.Accounts;
using AImetier.Portal.Features.Activity;
using AImetier.Portal.Features.Connectors;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query;

namespace AImetier.Portal.Features.Approvals;

/// <summary>
/// The one door for what would leave the workspace: asked for here, decided here by people, and sent by <see cref="ApprovalSender"/> alone. A key
/// has no way to decide: every act takes a signed-in person.
/// </summary>
/// <param name="db">The database.</param>
/// <param name="workspaces">Says whether Ask before sending is on.</param>
/// <param name="channel">Says whether anything could be sent.</param>
/// <param name="changes">Changes states with their events.</param>
/// <param name="activity">The activity log.</param>
/// <param name="signal">Wakes the sender.</param>
/// <param name="time">The clock.</param>
public sealed class ApprovalService(
    PortalDbContext db,
    WorkspaceService workspaces,
    IOutwardChannel channel,
    ApprovalChanges changes,
    ActivityLog activity,
    SendSignal signal,
    TimeProvider time)
{
    /// <summary>Most approvals of a workspace that may wait at once, for a person or for a connector.</summary>
    public const int MostWaiting = 10_000;

    /// <summary>Most characters of a person's word to the teammate.</summary>
    public const int LongestReason = 500;

    /// <summary>How many more may wait now.</summary>
    /// <param name="cancellationToken">Stops the read.</param>
    public async Task<int> RoomAsync(CancellationToken cancellationToken) =>
        Math.Max(0, MostWaiting - await db.Set<Approval>().CountAsync(
            approval => approval.State == ApprovalState.Waiting || approval.State == ApprovalState.Approved, cancellationToken));

    /// <summary>
    /// Stores what a whole reply wants to send, in the caller's transaction. It waits for a person, or, where Ask before sending is off, is
    /// approved by that setting. What is over <see cref="MostWaiting"/> is left out.
    /// </summary>
    /// <param name="contents">Checked contents.</param>
    /// <param name="origin">Where they come from.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    /// <returns>The rows, in the order of <paramref name="contents"/>.</returns>
    public async Task<IReadOnlyList<Approval>> RequestAsync(IReadOnlyList<EmailContent> contents, ApprovalOrigin origin, CancellationToken cancellationToken)
    {
        if (contents.Count == 0)
            return [];
        var ask = (await workspaces.GetAsync(origin.WorkspaceId, cancellationToken)).AskBeforeSending;
        var room = await RoomAsync(cancellationToken);
        var approvals = contents.Take(room).Select(content => Make(content, origin, ask)).ToList();
        db.AddRange(approvals);
        foreach (var approval in approvals)
            await changes.PublishAsync(approval, "approval.requested", cancellationToken);
        if (!ask)
        {
            foreach (var approval in approvals)
                await changes.PublishAsync(approval, "approval.decided", cancellationToken);
        }

        return approvals;
    }

    /// <summary>Says yes to exactly what the person saw.</summary>
    /// <param name="approvalId">Id from outside.</param>
    /// <param name="seenHash">Hash of the content on the person's page.</param>
    /// <param name="person">A signed-in owner or admin.</param>
    /// <param name="cancellationToken">Stops before anything is stored.</param>
    public async Task<DecideOutcome> ApproveAsync(string approvalId, string? seenHash, Actor person, CancellationToken cancellationToken)
    {
        Require(person);
        if (await channel.StateAsync(cancellationToken) == ChannelState.NotConnected)
            return await FindAsync(approvalId, cancellationToken) is null ? new DecideOutcome.NotFound() : new DecideOutcome.NoConnector();

        var now = time.GetUtcNow();
        var outcome = await ActAsync(
            approvalId,
            open => open.Where(approval => approval.State == ApprovalState.Waiting && approval.ContentHash == seenHash && approval.ExpiresAt > now),
            set => set.SetProperty(approval => approval.State, ApprovalState.Approved)
                .SetProperty(approval => approval.ApprovedHash, approval => approval.ContentHash)
                .SetProperty(approval => approval.DecidedAt, now)
                .SetProperty(approval => approval.DecidedById, person.Id)
                .SetProperty(approval => approval.DecidedByName, person.Name),
            person,
            ActivityAction.ApprovalApproved,
            "approval.decided",
            detail: null,
            cancellationToken);
        signal.Set();
        return outcome is DecideOutcome.TooLate({ State: ApprovalState.Waiting } row) && row.ExpiresAt > now ? new DecideOutcome.Changed(row) : outcome;
    }

    /// <summary>Says no. Final.</summary>
    /// <param name="approvalId">Id from outside.</param>
    /// <param name="reason">A word to the teammate, or nothing.</param>
    /// <param name="person">A signed-in owner or admin.</param>
    /// <param name="cancellationToken">Stops before anything is stored.</param>
    public Task<DecideOutcome> DeclineAsync(string approvalId, string? reason, Actor person, CancellationToken cancellationToken)
    {
        Require(person);
        var word = string.IsNullOrWhiteSpace(reason) ? null : reason.Trim();
        if (word is { Length: > LongestReason } || word?.Contains('\0', StringComparison.Ordinal) == true)
            return Task.FromResult<DecideOutcome>(new DecideOutcome.BadReason());

        var now = time.GetUtcNow();
        return ActAsync(
            approvalId,
            open => open.Where(approval => approval.State == ApprovalState.Waiting),
            set => set.SetProperty(approval => approval.State, ApprovalState.Declined)
                .SetProperty(approval => approval.DeclineReason, word)
                .SetProperty(approval => approval.DecidedAt, now)
                .SetProperty(approval => approval.DecidedById, person.Id)
                .SetProperty(approval => approval.DecidedByName, person.Name),
            person,
            ActivityAction.ApprovalDeclined,
            "approval.decided",
            detail: null,
            cancellationToken);
    }

    /// <summary>Says no to everything that a key asked for and that still waits.</summary>
    /// <param name="tokenId">Public id of the key.</param>
    /// <param name="person">A signed-in owner or admin.</param>
    /// <param name="cancellationToken">Stops between two of them.</param>
    /// <returns>How many were declined.</returns>
    public Task<int> DeclineOfKeyAsync(string tokenId, Actor person, CancellationToken cancellationToken) =>
        DeclineAllAsync(db.Set<Approval>().Where(approval => approval.RequestedByTokenId == tokenId), person, cancellationToken);

    /// <summary>Says no to everything that a hook asked for and that still waits.</summary>
    /// <param name="hookId">The hook, which may be removed.</param>
    /// <param name="person">A signed-in owner or admin.</param>
    /// <param name="cancellationToken">Stops between two of them.</param>
    /// <returns>How many were declined.</returns>
    public Task<int> DeclineOfHookAsync(string hookId, Actor person, CancellationToken cancellationToken) =>
        DeclineAllAsync(db.Set<Approval>().Where(approval => approval.RequestedByKind == RequesterKind.Hook && approval.RequestedById == hookId), person, cancellationToken);

    /// <summary>Changes what would leave; it still waits afterwards, with a new hash.</summary>
    /// <param name="approvalId">Id from outside.</param>
    /// <param name="seenHash">Hash of the content on the person's page.</param>
    /// <param name="content">The new content.</param>
    /// <param name="person">A signed-in owner or admin.</param>
    /// <param name="cancellationToken">Stops before anything is stored.</param>
    public async Task<DecideOutcome> EditAsync(string approvalId, string? seenHash, EmailContent content, Actor person, CancellationToken cancellationToken)
    {
        Require(person);
        var problems = content.Problems();
        if (problems.Count > 0)
            return new DecideOutcome.BadContent(problems);

        var json = content.ToJson();
        var hash = EmailContent.HashOf(json);
        var now = time.GetUtcNow();
        if (string.Equals(hash, seenHash, StringComparison.Ordinal) && await FindAsync(approvalId, cancellationToken) is { State: ApprovalState.Waiting } same
            && string.Equals(same.ContentHash, hash, StringComparison.Ordinal))
        {
            return new DecideOutcome.Done(same);
        }

        var outcome = await ActAsync(
            approvalId,
            open => open.Where(approval => approval.State == ApprovalState.Waiting && approval.ContentHash == seenHash && approval.ExpiresAt > now),
            set => set.SetProperty(approval => approval.Content, json)
                .SetProperty(approval => approval.ContentHash, hash)
                .SetProperty(approval => approval.Edited, true),
            person,
            ActivityAction.ApprovalEdited,
            eventType: null,
            detail: null,
            cancellationToken);
        return outcome is DecideOutcome.TooLate({ State: ApprovalState.Waiting } row) && row.ExpiresAt > now ? new DecideOutcome.Changed(row) : outcome;
    }

    /// <summary>Has a failed or uncertain one sent once more, with the content that was approved.</summary>
    /// <param name="approvalId">Id from outside.</param>
    /// <param name="person">A signed-in owner or admin.</param>
    /// <param name="cancellationToken">Stops before anything is stored.</param>
    public async Task<DecideOutcome> SendAgainAsync(string approvalId, Actor person, CancellationToken cancellationToken)
    {
        Require(person);
        if (await channel.StateAsync(cancellationToken) == ChannelState.NotConnected)
            return await FindAsync(approvalId, cancellationToken) is null ? new DecideOutcome.NotFound() : new DecideOutcome.NoConnector();
        var outcome = await ActAsync(
            approvalId,
            open => open.Where(approval => (approval.State == ApprovalState.Failed || approval.State == ApprovalState.Uncertain) && approval.SetAsideAt == null),
            set => set.SetProperty(approval => approval.State, ApprovalState.Approved)
                .SetProperty(approval => approval.Failure, (SendFailure?)null)
                .SetProperty(approval => approval.FailureDetail, (string?)null),
            person,
            ActivityAction.ApprovalSentAgain,
            "approval.decided",
            detail: null,
            cancellationToken);
        signal.Set();
        return outcome;
    }

    /// <summary>Says of an uncertain one that it arrived.</summary>
    /// <param name="approvalId">Id from outside.</param>
    /// <param name="person">A signed-in owner or admin.</param>
    /// <param name="cancellationToken">Stops before anything is stored.</param>
    public Task<DecideOutcome> ArrivedAsync(string approvalId, Actor person, CancellationToken cancellationToken)
    {
        Require(person);
        var now = time.GetUtcNow();
        return ActAsync(
            approvalId,
            open => open.Where(approval => approval.State == ApprovalState.Uncertain && approval.SetAsideAt == null),
            set => set.SetProperty(approval => approval.State, ApprovalState.Sent).SetProperty(approval => approval.SentAt, now),
            person,
            ActivityAction.ApprovalArrived,
            "approval.sent",
            detail: null,
            cancellationToken);
    }

    /// <summary>Takes a failed or uncertain one out of the queue; its state stays what it is.</summary>
    /// <param name="approvalId">Id from outside.</param>
    /// <param name="person">A signed-in owner or admin.</param>
    /// <param name="cancellationToken">Stops before anything is stored.</param>
    public Task<DecideOutcome> SetAsideAsync(string approvalId, Actor person, CancellationToken cancellationToken)
    {
        Require(person);
        var now = time.GetUtcNow();
        return ActAsync(
            approvalId,
            open => open.Where(approval => (approval.State == ApprovalState.Failed || approval.State == ApprovalState.Uncertain) && approval.SetAsideAt == null),
            set => set.SetProperty(approval => approval.SetAsideAt, now),
            person,
            ActivityAction.ApprovalSetAside,
            eventType: null,
            detail: null,
            cancellationToken);
    }

    /// <summary>An approval of this workspace, or null.</summary>
    /// <param name="approvalId">Id from outside.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    public Task<Approval?> FindAsync(string approvalId, CancellationToken cancellationToken) =>
        db.Set<Approval>().AsNoTracking().SingleOrDefaultAsync(approval => approval.Id == approvalId, cancellationToken);

    private async Task<int> DeclineAllAsync(IQueryable<Approval> asked, Actor person, CancellationToken cancellationToken)
    {
        var waiting = await asked.Where(approval => approval.State == ApprovalState.Waiting).Select(approval => approval.Id).ToListAsync(cancellationToken);
        var declined = 0;
        foreach (var id in waiting)
            declined += await DeclineAsync(id, reason: null, person, cancellationToken) is DecideOutcome.Done ? 1 : 0;
        return declined;
    }

    private async Task<DecideOutcome> ActAsync(
        string approvalId,
        Func<IQueryable<Approval>, IQueryable<Approval>> open,
        Action<UpdateSettersBuilder<Approval>> set,
        Actor person,
        ActivityAction action,
        string? eventType,
        string? detail,
        CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await changes.ChangeAsync(approvalId, open, set, eventType, cancellationToken) is not { } changed)
            return await FindAsync(approvalId, cancellationToken) is { } row ? new DecideOutcome.TooLate(row) : new DecideOutcome.NotFound();

        activity.Add(person, action, changed.Id, changed.ReadContent().To, changed.TeammateId, detail);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(CancellationToken.None);
        return new DecideOutcome.Done(changed);
    }

    private static void Require(Actor person)
    {
        if (person.Kind != ActorKind.Person)
            throw new ArgumentException("Only a person decides.", nameof(person));
    }

    private Approval Make(EmailContent content, ApprovalOrigin origin, bool ask)
    {
        var json = content.ToJson();
        var hash = EmailContent.HashOf(json);
        var now = time.GetUtcNow();
        return new Approval
        {
            Id = EntityId.New("apr"),
            WorkspaceId = origin.WorkspaceId,
            TeammateId = origin.TeammateId,
            ConversationId = origin.ConversationId,
            MessageId = origin.MessageId,
            VisibleToKeys = origin.VisibleToKeys,
            Kind = Approval.Email,
            State = ask ? ApprovalState.Waiting : ApprovalState.Approved,
            Content = json,
            ContentHash = hash,
            ApprovedHash = ask ? null : hash,
            RequestedByKind = origin.By.Kind,
            RequestedById = origin.By.Id,
            RequestedByName = origin.By.Name,
            RequestedByTokenId = origin.By.TokenId,
            RequestedAt = now,
            ExpiresAt = now + Approval.Lifetime,
            DecidedAt = ask ? null : now,
            DecidedBySetting = !ask,
            Metadata = origin.Metadata,
        };
    }
}
