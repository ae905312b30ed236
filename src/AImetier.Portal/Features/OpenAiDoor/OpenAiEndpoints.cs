using AImetier.Portal.Features.ApiTokens;
using AImetier.Portal.Features.Conversations;
using AImetier.Portal.Features.Shared;
using AImetier.Portal.Features.Teammates;
using AImetier.Portal.Security;
using Microsoft.AspNetCore.Mvc;

namespace AImetier.Portal.Features.OpenAiDoor;

/// <summary>
/// The door for programs that speak OpenAI's chat completions: the same keys, rules and rows as <c>/api/v1</c>, in the shapes that their
/// clients read. The one model is the key's teammate.
/// </summary>
public static class OpenAiEndpoints
{
    /// <summary>Maps the door.</summary>
    /// <param name="routes">The application.</param>
    public static void MapOpenAiDoor(this IEndpointRouteBuilder routes)
    {
        var door = routes.MapGroup("/api/openai/v1").RequireAuthorization(Policies.Key).AddEndpointFilter<AcceptsJsonOrStream>();
        door.MapPost("/chat/completions", CompletionsEndpoint.CompleteAsync).WithName("createChatCompletion");
        door.MapGet("/models", ListAsync).WithName("listModels");
        door.MapGet("/models/{id}", ReadAsync).WithName("getModel");
    }

    /// <summary>Whether a name stands for the key's teammate.</summary>
    /// <param name="model">Its id, <c>me</c>, or nothing.</param>
    /// <param name="key">The key.</param>
    internal static bool IsOwn(string? model, TokenPrincipal key) =>
        model is null or "" or "me" || string.Equals(model, key.TeammateId, StringComparison.Ordinal);

    /// <summary>The answer to any other name: the same, whether such a teammate exists or not.</summary>
    /// <param name="key">The key.</param>
    internal static IResult NoSuchModel(TokenPrincipal key) => ApiProblem.Of("model_not_found", "There is no such model.", errors: new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        ["model"] = [$"There is no such model for this key. It is for {key.TeammateName}: send '{key.TeammateId}', 'me', or no model."],
    });

    private static async Task<IResult> ListAsync(HttpContext context, TeammateDirectory teammates, CancellationToken cancellationToken) =>
        await teammates.FindAsync(TokenPrincipal.Of(context.User).TeammateId, cancellationToken) is { } teammate
            ? TypedResults.Ok(new ModelListJson("list", [ModelJson.Of(teammate)]))
            : AskAnswers.KeyEnded(context);

    private static async Task<IResult> ReadAsync([FromRoute] string id, HttpContext context, TeammateDirectory teammates, CancellationToken cancellationToken)
    {
        var key = TokenPrincipal.Of(context.User);
        if (!IsOwn(id, key))
            return NoSuchModel(key);
        return await teammates.FindAsync(key.TeammateId, cancellationToken) is { } teammate ? TypedResults.Ok(ModelJson.Of(teammate)) : AskAnswers.KeyEnded(context);
    }
}
