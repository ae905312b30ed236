using AImetier.Portal.Data;
using AImetier.Portal.Features.Approvals;
using AImetier.Portal.Features.Conversations;
using AImetier.Portal.Features.Idempotency;
using Microsoft.EntityFrameworkCore;

namespace AImetier.Portal.Features.IncomingHooks;

/// <summary>Takes what is sent to hooks: the proof first, over the raw body, then the question, then one ask.</summary>
/// <param name="db">The database.</param>
/// <param name="workspace">Set once the sender is proven.</param>
/// <param name="proofs">Checks proofs.</param>
/// <param name="conversations">Asks the teammate.</param>
/// <param name="memory">Remembers what may be repeated.</param>
/// <param name="refusals">Keeps for admins why something was not taken.</param>
public sealed class HookIntake(
    PortalDbContext db, CurrentWorkspace workspace, HookProofCheck proofs, ConversationService conversations, RequestMemory memory, HookRefusals refusals)
{
    /// <summary>Takes a request.</summary>
    /// <param name="request">What was sent.</param>
    /// <param name="cancellationToken">The sender leaves; before the question is stored, nothing happens.</param>
    public async Task<HookOutcome> TakeAsync(HookRequest request, CancellationToken cancellationToken)
    {
        var hook = await FindAsync(request.TeammateId, request.HookId, cancellationToken);
        if (proofs.Check(hook, request.Proof, request.Body.Span) is { } unproven)
            return Refuse(hook, unproven, request.Proof is PresentedProof.Key ? new HookOutcome.NoSuchHook() : new HookOutcome.Unproven());
        if (hook!.PausedAt is not null)
            return Refuse(hook, HookRefusalReason.Paused, new HookOutcome.Paused());

        workspace.Set(hook.WorkspaceId);
        var template = HookTemplate.Parse(hook.Template) as TemplateCheck.Good ?? throw new InvalidOperationException($"The template of {hook.Id} cannot be read.");
        return HookQuestion.Of(template.Template, request.ContentType, request.Body) switch
        {
            HookQuestion.Good(var text) => await AskAsync(hook, text, request, cancellationToken),
            HookQuestion.Refused(var reason) => Refuse(hook, reason, new HookOutcome.Unfit(reason)),
            var other => throw new InvalidOperationException($"Unknown outcome {other.GetType().Name}."),
        };
    }

    /// <summary>Notes that something was too large to be read, and so to be proven.</summary>
    /// <param name="teammateId">The teammate in the path.</param>
    /// <param name="hookId">The hook in the path.</param>
    /// <param name="cancellationToken">The sender leaves.</param>
    public async Task NoteTooLargeAsync(string teammateId, string hookId, CancellationToken cancellationToken)
    {
        if (await FindAsync(teammateId, hookId, cancellationToken) is { } hook)
            refusals.Count(hook, HookRefusalReason.TooLarge);
    }

    private async Task<HookOutcome> AskAsync(IncomingHook hook, string text, HookRequest request, CancellationToken cancellationToken)
    {
        var by = Requester.Hook(hook.Id, hook.Name, (request.Proof as PresentedProof.Key)?.Token);
        var repeatable = request.Repeatable();
        var outcome = await conversations.AskAsync(
            new AskRequest(hook.TeammateId, text, null, null, by, ConversationSource.Hook, repeatable, Operation: hook.Id), cancellationToken);
        switch (outcome)
        {
            case AskOutcome.Started(var running):
                return new HookOutcome.Accepted(running.Ask.Reply.ConversationId, running.Ask.Reply.Id, Replayed: false);
            case AskOutcome.Answered { Reply: var reply }:
                return new HookOutcome.Accepted(reply.ConversationId, reply.Id, Replayed: true);
        }

        // What was taken once is taken, however the work on it stands: while it goes on, and when it failed and cannot be taken up now.
        if (outcome is not AskOutcome.OtherBody && repeatable is not null && await RepeatedAsync(hook, repeatable, cancellationToken) is { } repeated)
            return repeated;
        return outcome is AskOutcome.HookClosed
            ? Refuse(hook, HookRefusalReason.Paused, new HookOutcome.Paused())
            : Refuse(hook, ReasonOf(outcome), new HookOutcome.NotAsked(outcome));
    }

    private async Task<HookOutcome.Accepted?> RepeatedAsync(IncomingHook hook, RepeatableRequest repeatable, CancellationToken cancellationToken)
    {
        if (await memory.FindAsync(hook.TeammateId, hook.Id, repeatable, cancellationToken) is not { } known)
            return null;
        var conversationId = await db.Set<Message>().Where(message => message.Id == known.ResultId).Select(message => message.ConversationId).SingleOrDefaultAsync(cancellationToken);
        return conversationId is null ? null : new HookOutcome.Accepted(conversationId, known.ResultId, Replayed: true);
    }

    // Across workspaces by intent: nobody has been identified yet, and the answer to who is not proven is the same for all.
    private Task<IncomingHook?> FindAsync(string teammateId, string hookId, CancellationToken cancellationToken) => db.Set<IncomingHook>()
        .IgnoreQueryFilters().AsNoTracking().SingleOrDefaultAsync(hook => hook.Id == hookId && hook.TeammateId == teammateId, cancellationToken);

    private HookOutcome Refuse(IncomingHook? hook, HookRefusalReason? reason, HookOutcome outcome)
    {
        if (hook is not null && reason is { } known)
            refusals.Count(hook, known);
        return outcome;
    }

    private static HookRefusalReason? ReasonOf(AskOutcome outcome) => outcome switch
    {
        AskOutcome.TeammatePaused => HookRefusalReason.TeammatePaused,
        AskOutcome.WorkLimited => HookRefusalReason.TooMuchWork,
        AskOutcome.OtherBody => HookRefusalReason.OtherBody,
        AskOutcome.KeyRevoked => HookRefusalReason.KeyRefused,
        AskOutcome.Validation => HookRefusalReason.TooLong,
        _ => null,
    };
}
