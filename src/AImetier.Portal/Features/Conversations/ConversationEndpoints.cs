using AImetier.Portal.Features.ApiTokens;
using AImetier.Portal.Features.Shared;
using AImetier.Portal.Features.Teammates;
using Microsoft.EntityFrameworkCore;

namespace AImetier.Portal.Features.Conversations;

/// <summary>Endpoints with which a key reads its teammate's conversations. What people wrote in Chat does not exist for it.</summary>
public static class ConversationEndpoints
{
    /// <summary>Maps them.</summary>
    /// <param name="routes">The application.</param>
    public static void MapConversations(this IEndpointRouteBuilder routes)
    {
        routes.MapAsks();
        var teammate = routes.MapTeammateApi().AddEndpointFilter<AcceptsJson>().WithProblems("not_acceptable").WithTags("Conversations");
        teammate.MapGet("", ReadTeammateAsync).WithName("getTeammate").Produces<TeammateResource>()
            .WithSummary("Read the teammate").WithDescription("The key's teammate, and whether it works or is paused.");
        teammate.MapGet("/conversations", ListAsync).WithName("listConversations").ProducesList<ConversationJson>()
            .WithSummary("List conversations").WithDescription("Conversations that software began with this teammate. What people began in Chat does not exist for keys.");
        teammate.MapGet("/conversations/{conversationId}", ReadAsync).WithName("getConversation").Produces<ConversationJson>().WithProblems("not_found")
            .WithSummary("Read a conversation").WithDescription("One conversation that software began.");
        teammate.MapGet("/conversations/{conversationId}/messages", ListMessagesAsync).WithName("listMessages").ProducesList<MessageJson>().WithProblems("not_found")
            .WithSummary("List messages").WithDescription("Questions and replies of a conversation, by their place in it.");
        teammate.MapGet("/conversations/{conversationId}/messages/{messageId}", ReadMessageAsync).WithName("getMessage").Produces<MessageJson>().WithProblems("not_found")
            .WithSummary("Read a message").WithDescription("One question or reply. While it is `working`, `Retry-After` says when to read it again.");
        teammate.MapPost("/conversations/{conversationId}/messages/{messageId}/stop", StopAsync).WithName("stopMessage").Produces<MessageJson>().WithProblems("not_found")
            .WithSummary("Stop a reply").WithDescription("Ends the work on a reply. What was written so far is kept; a reply that has ended stays as it is.");
    }

    private static async Task<IResult> ReadTeammateAsync(HttpContext context, TeammateDirectory teammates, CancellationToken cancellationToken) =>
        await teammates.FindAsync(TokenPrincipal.Of(context.User).TeammateId, cancellationToken) is { } teammate
            ? TypedResults.Ok(TeammateResource.Of(teammate))
            : AskAnswers.KeyEnded(context);

    private static async Task<IResult> ListAsync(HttpContext context, ConversationReader reader, CancellationToken cancellationToken)
    {
        var (list, problem) = ListQuery.Read(context.Request.Query);
        if (list is null)
            return problem!;
        var rows = await reader.PageAsync(reader.ForKeys(TokenPrincipal.Of(context.User).TeammateId), list, cancellationToken);
        return TypedResults.Ok(list.Answer(rows, row => new ListPlace(row.CreatedAt.UtcTicks, row.Id), ConversationJson.Of));
    }

    private static async Task<IResult> ReadAsync(string conversationId, HttpContext context, ConversationReader reader, CancellationToken cancellationToken) =>
        await FindAsync(conversationId, context, reader, cancellationToken) is { } row ? TypedResults.Ok(ConversationJson.Of(row)) : NotFound();

    private static async Task<IResult> ListMessagesAsync(string conversationId, HttpContext context, ConversationReader reader, CancellationToken cancellationToken)
    {
        var (list, problem) = ListQuery.Read(context.Request.Query);
        if (list is null)
            return problem!;
        if (await FindAsync(conversationId, context, reader, cancellationToken) is not { } conversation)
            return NotFound();
        var rows = await reader.MessagesAsync(conversation.Id, list, cancellationToken);
        var approvals = await reader.ApprovalIdsAsync([.. rows.Select(row => row.Id)], cancellationToken);
        return TypedResults.Ok(list.Answer(rows, row => new ListPlace(row.Number, ""), row => MessageJson.Of(row, [.. approvals[row.Id]])));
    }

    private static async Task<IResult> ReadMessageAsync(
        string conversationId, string messageId, HttpContext context, ConversationReader reader, CancellationToken cancellationToken)
    {
        if (await FindAsync(conversationId, context, reader, cancellationToken) is not { } conversation
            || await reader.FindMessageAsync(conversation.Id, messageId, cancellationToken) is not { } message)
        {
            return NotFound();
        }

        var approvals = await reader.ApprovalIdsAsync([message.Id], cancellationToken);
        if (message.Status == MessageStatus.Working)
            context.Response.Headers.RetryAfter = AskEndpoint.RetryWorking;
        return TypedResults.Ok(MessageJson.Of(message, [.. approvals[message.Id]]));
    }

    private static async Task<IResult> StopAsync(
        string conversationId, string messageId, HttpContext context, ConversationReader reader, ConversationService conversations, CancellationToken cancellationToken)
    {
        if (await FindAsync(conversationId, context, reader, cancellationToken) is not { } conversation
            || await reader.FindMessageAsync(conversation.Id, messageId, cancellationToken) is null)
        {
            return NotFound();
        }

        await conversations.StopAsync(messageId, cancellationToken);
        return await ReadMessageAsync(conversationId, messageId, context, reader, cancellationToken);
    }

    private static Task<Conversation?> FindAsync(string conversationId, HttpContext context, ConversationReader reader, CancellationToken cancellationToken) =>
        reader.ForKeys(TokenPrincipal.Of(context.User).TeammateId).SingleOrDefaultAsync(row => row.Id == conversationId, cancellationToken);

    private static IResult NotFound() => ApiProblem.Of("not_found", "This teammate has nothing of that id for keys.");
}
