using AImetier.Portal.Data;

namespace AImetier.Portal.Security;

/// <summary>Gives every request an id of our own making, in <c>X-Request-Id</c> and in the log.</summary>
public static class RequestIds
{
    /// <summary>Name of the response header.</summary>
    public const string Header = "X-Request-Id";

    /// <summary>Sets the id before anything can answer. What a client sends under that name is ignored.</summary>
    /// <param name="app">The pipeline.</param>
    public static IApplicationBuilder UseRequestIds(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        context.TraceIdentifier = EntityId.New("req");
        context.Response.Headers[Header] = context.TraceIdentifier;
        return next(context);
    });
}
