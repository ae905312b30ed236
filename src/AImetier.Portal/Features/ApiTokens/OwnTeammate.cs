using AImetier.Portal.Features.Shared;

namespace AImetier.Portal.Features.ApiTokens;

/// <summary>Refuses a good key on any teammate but its own: one answer, whether the other exists or not. <c>me</c> stands for its own.</summary>
public sealed class OwnTeammate : IEndpointFilter
{
    /// <inheritdoc/>
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var key = TokenPrincipal.Of(context.HttpContext.User);
        var asked = context.HttpContext.GetRouteValue("id") as string;
        if (!string.Equals(asked, "me", StringComparison.Ordinal) && !string.Equals(asked, key.TeammateId, StringComparison.Ordinal))
            return ApiProblem.Of("wrong_teammate", $"This key is for {key.TeammateName} ({key.TeammateId}). Use that id, or 'me', in the path.");
        return await next(context);
    }
}
