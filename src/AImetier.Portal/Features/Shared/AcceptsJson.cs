namespace AImetier.Portal.Features.Shared;

/// <summary>Refuses a request whose <c>Accept</c> rules JSON out, before anything is done.</summary>
public sealed class AcceptsJson : IEndpointFilter
{
    /// <inheritdoc/>
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        AcceptHeader.QualityOf(AcceptHeader.Json, context.HttpContext.Request.Headers.Accept) > 0
            ? await next(context)
            : ApiProblem.Of("not_acceptable", "This answer is JSON. Send 'Accept: application/json', or no Accept header.");
}
