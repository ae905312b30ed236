using AImetier.Portal.Features.Shared;

namespace AImetier.Portal.Features.OpenAiDoor;

/// <summary>Refuses a request whose <c>Accept</c> rules everything out. It decides nothing else: these clients ask for a stream in the body, and accept JSON then too.</summary>
internal sealed class AcceptsJsonOrStream : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var accept = context.HttpContext.Request.Headers.Accept;
        return AcceptHeader.QualityOf(AcceptHeader.Json, accept) > 0 || AcceptHeader.QualityOf(EventStreamWriter.ContentType, accept) > 0
            ? await next(context)
            : ApiProblem.Of("not_acceptable", "Send 'Accept: application/json', or no Accept header.");
    }
}
