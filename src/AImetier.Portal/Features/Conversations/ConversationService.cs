using System.Text.Json;
using AImetier.Portal.Data;
using AImetier.Portal.Features.ChatModels;
using Microsoft.EntityFrameworkCore;

namespace AImetier.Portal.Features.Conversations;

/// <summary>Asks teammates of the current workspace for work. Chat, the API, MCP and incoming hooks all come through here.</summary>
/// <param name="db">The database.</param>
/// <param name="access">Says who may ask.</param>
/// <param name="limits">How much work a key may ask for.</param>
/// <param name="runner">Does the work.</param>
/// <param name="model">Which model answers.</param>
/// <param name="time">The clock.</param>
public sealed class ConversationService(
    PortalDbContext db, AskAccess access, WorkLimits limits, AskRunner runner, ModelInfo model, TimeProvider time)
{
    private static readonly TimeSpan RetryBusy = TimeSpan.FromSeconds(2);

    /// <summary>Stores a question, has the teammate work on it and waits for the reply.</summary>
    /// <param name="request">What is asked, of whom, by whom.</param>
    /// <param name="cancellationToken">
    /// The asker leaves. Before the question is stored, nothing happens; after that the work goes on, and the reply can be read later.
    /// </param>
    /// <exception cref="OperationCanceledException">The asker left.</exception>
    public async Task<AskOutcome> AskAsync(AskRequest request, CancellationToken cancellationToken)
    {
        var errors = AskText.Check(request.Text, request.Metadata);
        if (errors.Count > 0)
            return new AskOutcome.Validation(errors);

        var (ask, refusal) = await BeginAsync(request, cancellationToken);
        return ask is null ? refusal! : await runner.Start(ask).WaitAsync(cancellationToken);
    }

    private async Task<(BegunAsk? Ask, AskOutcome? Refusal)> BeginAsync(AskRequest request, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await access.RefusalAsync(request.TeammateId, request.By, cancellationToken) is { } refusal)
            return (null, refusal);
        if (request.By.TokenId is { } tokenId && await limits.CheckAsync(tokenId, cancellationToken) is { } limited)
            return (null, limited);

        var (conversationId, number, unfit) = request.ConversationId is null
            ? (Add(request).Id, 1, null)
            : await ContinueAsync(request, request.ConversationId, cancellationToken);
        if (unfit is not null)
            return (null, unfit);

        var question = Message(request, conversationId, number, replyTo: null);
        var reply = Message(request, conversationId, number + 1, replyTo: question.Id);
        db.AddRange(question, reply);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return (new BegunAsk(request.TeammateId, request.By, question, reply), null);
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

    // People go on with what people began, software with what software began. The update comes first: its row lock lets one ask in at a time.
    private async Task<(string ConversationId, int Number, AskOutcome? Unfit)> ContinueAsync(
        AskRequest request, string conversationId, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var software = request.By.IsSoftware;
        var found = await db.Set<Conversation>()
            .Where(row => row.Id == conversationId && row.TeammateId == request.TeammateId && (row.Source != ConversationSource.Chat) == software)
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
