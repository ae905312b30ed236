using AImetier.Portal.Features.Shared;

namespace AImetier.Portal.Features.ApiTokens;

/// <summary>Refuses a good key on any teammate but its own: one answer, whether the other exists or not. <c>me</c> stands for its own.</summary>
public sealed class OwnTeammate : IEndpointFilter
{
    /// <inheritdoc/>
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        RefusalOf(TokenPrincipal.Of(context.HttpContext.User), context.HttpContext.GetRouteValue("id") as string) is { } refusal ? refusal : await next(context);

    /// <summary>The answer to a good key on another teammate, or null on its own.</summary>
    /// <param name="key">The key.</param>
    /// <param name="asked">The teammate in the path.</param>
    public static IResult? RefusalOf(TokenPrincipal key, string? asked) =>
        string.Equals(asked, "me", StringComparison.Ordinal) || string.Equals(asked, key.TeammateId, StringComparison.Ordinal)
            ? null
            : ApiProblem.Of("wrong_teammate", $"This key is for {key.TeammateName} ({key.TeammateId}). Use that id, or 'me', in the path.");
}
