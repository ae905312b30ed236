using System.Text.Json;
using AImetier.Portal.Data;
using AImetier.Portal.Features.Approvals;
using AImetier.Portal.Features.ChatModels;
using AImetier.Portal.Features.Idempotency;
using Microsoft.EntityFrameworkCore;

namespace AImetier.Portal.Features.Conversations;

/// <summary>Asks teammates of the current workspace for work. Chat, the API, MCP and incoming hooks all come through here.</summary>
/// <param name="db">The database.</param>
/// <param name="access">Says who may ask.</param>
/// <param name="limits">How much work software may ask for.</param>
/// <param name="memory">Remembers requests that may be repeated.</param>
/// <param name="reader">Reads what is stored.</param>
/// <param name="runner">Does the work.</param>
/// <param name="model">Which model answers.</param>
/// <param name="time">The clock.</param>
public sealed class ConversationService(
    PortalDbContext db,
    AskAccess access,
    WorkLimits limits,
    RequestMemory memory,
    ConversationReader reader,
    AskRunner runner,
    ModelInfo model,
    TimeProvider time)
{
    private static readonly TimeSpan RetryBusy = TimeSpan.FromSeconds(2);

    /// <summary>Stores a question and has the teammate work on it. The work goes on whether or not the asker waits for it.</summary>
    /// <param name="request">What is asked, of whom, by whom.</param>
    /// <param name="cancellationToken">The asker leaves; before the question is stored, nothing happens.</param>
    /// <returns><see cref="AskOutcome.Started"/>, the answer to a repeated request, or why not.</returns>
    public async Task<AskOutcome> AskAsync(AskRequest request, CancellationToken cancellationToken)
    {
        var errors = AskText.Check(request.Text, request.Metadata);
        if (errors.Count > 0)
            return new AskOutcome.Validation(errors);

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var (ask, other) = request.Repeatable is { } repeatable
                && await memory.FindAsync(request.TeammateId, request.Operation, repeatable, cancellationToken) is { } known
            ? await RepeatAsync(request, repeatable, known, cancellationToken)
            : await BeginAsync(request, cancellationToken);
        if (ask is null)
            return other!;

        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(CancellationToken.None);
        return new AskOutcome.Started(runner.Start(ask));
    }

    /// <summary>Has a failed reply written anew: the question was kept and is asked once more.</summary>
    /// <param name="replyId">A failed reply that the asker may see.</param>
    /// <param name="by">Who asks.</param>
    /// <param name="cancellationToken">The asker leaves; before the work begins, nothing happens.</param>
    public async Task<AskOutcome> RetryAsync(string replyId, Requester by, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var (ask, other) = await ResumeAsync(replyId, by, cancellationToken);
        if (ask is null)
            return other!;
        await transaction.CommitAsync(CancellationToken.None);
        return new AskOutcome.Started(runner.Start(ask));
    }

    /// <summary>Stops a working reply; what is written so far is kept. A reply that has ended stays as it is.</summary>
    /// <param name="replyId">A reply that the asker may see.</param>
    /// <param name="cancellationToken">The asker leaves; the stop stays asked for.</param>
    public async Task StopAsync(string replyId, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var working = await db.Set<Message>().Where(message => message.Id == replyId && message.Status == MessageStatus.Working)
            .ExecuteUpdateAsync(set => set.SetProperty(message => message.StopRequestedAt, now), cancellationToken);
        if (working == 0 || runner.Find(replyId) is not { } running)
            return;
        running.Stop();
        await running.Outcome.WaitAsync(cancellationToken).ContinueWith(
            _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    private async Task<(BegunAsk? Ask, AskOutcome? Other)> RepeatAsync(
        AskRequest request, RepeatableRequest repeatable, IdempotentRequest known, CancellationToken cancellationToken)
    {
        if (!string.Equals(known.Digest, repeatable.Digest, StringComparison.Ordinal))
            return (null, new AskOutcome.OtherBody());
        return await reader.FindAnswerAsync(known.ResultId, cancellationToken) switch
        {
            null => (null, new AskOutcome.ConversationNotFound()),
            { Reply.Status: MessageStatus.Completed or MessageStatus.Stopped } answered => (null, answered with { Replayed = true }),
            _ => await ResumeAsync(known.ResultId, request.By, cancellationToken),
        };
    }

    // A failed reply, or one whose process died, is worked on again; nothing is asked twice.
    private async Task<(BegunAsk? Ask, AskOutcome? Other)> ResumeAsync(string replyId, Requester by, CancellationToken cancellationToken)
    {
        if (await reader.FindAnswerAsync(replyId, cancellationToken) is not { } answer)
            return (null, new AskOutcome.ConversationNotFound());
        var conversation = await db.Set<Conversation>().AsNoTracking().SingleAsync(row => row.Id == answer.Reply.ConversationId, cancellationToken);
        if (await access.RefusalAsync(conversation.TeammateId, by, cancellationToken) is { } refusal)
            return (null, refusal);
        if (await limits.CheckAtOnceAsync(by, cancellationToken) is { } limited)
            return (null, limited);

        var now = time.GetUtcNow();
        var messages = db.Set<Message>().Where(message => message.ConversationId == conversation.Id);
        if (await messages.AnyAsync(message => message.Id != replyId && message.Status == MessageStatus.Working, cancellationToken))
            return (null, new AskOutcome.ConversationBusy(RetryBusy));
        var resumed = runner.Find(replyId) is not null ? 0 : await messages
            .Where(message => message.Id == replyId
                && (message.Status == MessageStatus.Failed || (message.Status == MessageStatus.Working && message.WorkedOnUntil < now)))
            .ExecuteUpdateAsync(
                set => set.SetProperty(message => message.Status, MessageStatus.Working)
                    .SetProperty(message => message.End, (ReplyEnd?)null)
                    .SetProperty(message => message.StopRequestedAt, (DateTimeOffset?)null)
                    .SetProperty(message => message.Text, "")
                    .SetProperty(message => message.Model, model.Name)
                    .SetProperty(message => message.WorkedOnUntil, now + AskWatch.Lease),
                cancellationToken);
        return resumed == 0
            ? (null, new AskOutcome.AlreadyWorking(RetryBusy))
            : (new BegunAsk(conversation.TeammateId, by, conversation.VisibleToKeys, answer.Question, answer.Reply), null);
    }

    private async Task<(BegunAsk? Ask, AskOutcome? Other)> BeginAsync(AskRequest request, CancellationToken cancellationToken)
    {
        if (await access.RefusalAsync(request.TeammateId, request.By, cancellationToken) is { } refusal)
            return (null, refusal);
        if (await limits.CheckAsync(request.By, cancellationToken) is { } limited)
            return (null, limited);

        var (conversationId, number, unfit) = request.ConversationId is null
            ? (Add(request).Id, 1, null)
            : await ContinueAsync(request, request.ConversationId, cancellationToken);
        if (unfit is not null)
            return (null, unfit);

        var question = Message(request, conversationId, number, replyTo: null);
        var reply = Message(request, conversationId, number + 1, replyTo: question.Id);
        db.AddRange(question, reply);
        if (request.Repeatable is { } repeatable)
            memory.Add(request.TeammateId, request.Operation, repeatable, reply.Id);
        return (new BegunAsk(request.TeammateId, request.By, request.Source != ConversationSource.Chat, question, reply), null);
    }

    private Conversation Add(AskRequest request)
    {
        var now = time.GetUtcNow();
        var conversation = new Conversation
        {
            Id = EntityId.New("cv"),
            WorkspaceId = db.WorkspaceId!,
            TeammateId = request.TeammateId,
            Title = ConversationTitle.Of(request.Text),
            Source = request.Source,
            StartedById = request.By.Id,
            StartedByName = request.By.Name,
            StartedByTokenId = request.By.TokenId,
            CreatedAt = now,
            LastMessageAt = now,
        };
        db.Add(conversation);
        return conversation;
    }

    // A person goes on with what that person began, software with what software began. The update comes first: its row lock lets one ask in at a time.
    private async Task<(string ConversationId, int Number, AskOutcome? Unfit)> ContinueAsync(
        AskRequest request, string conversationId, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var found = await reader.Continuable(request.TeammateId, request.By).Where(row => row.Id == conversationId)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.LastMessageAt, now), cancellationToken);
        if (found == 0)
            return (conversationId, 0, new AskOutcome.ConversationNotFound());

        var messages = db.Set<Message>().Where(row => row.ConversationId == conversationId);
        if (await messages.AnyAsync(row => row.Status == MessageStatus.Working, cancellationToken))
            return (conversationId, 0, new AskOutcome.ConversationBusy(RetryBusy));
        return (conversationId, await messages.MaxAsync(row => row.Number, cancellationToken) + 1, null);
    }

    private Message Message(AskRequest request, string conversationId, int number, string? replyTo) => new()
    {
        Id = EntityId.New("msg"),
        WorkspaceId = db.WorkspaceId!,
        ConversationId = conversationId,
        Number = number,
        Author = replyTo is null ? MessageAuthor.User : MessageAuthor.Teammate,
        Status = replyTo is null ? MessageStatus.Completed : MessageStatus.Working,
        Text = replyTo is null ? request.Text : "",
        CreatedAt = time.GetUtcNow(),
        Model = replyTo is null ? null : model.Name,
        RequestedByKind = request.By.Kind,
        RequestedById = request.By.Id,
        RequestedByName = request.By.Name,
        RequestedByTokenId = request.By.TokenId,
        Metadata = JsonSerializer.Serialize(request.Metadata ?? new Dictionary<string, string>(StringComparer.Ordinal)),
        WorkedOnUntil = replyTo is null ? null : time.GetUtcNow() + AskWatch.Lease,
        ReplyToId = replyTo,
    };
}
