using AImetier.Portal.Data;

namespace AImetier.Portal.Features.Shared;

/// <summary>Makes every failure under the API's paths problem details: what routing refused, what binding refused, and what broke.</summary>
public static partial class ApiErrors
{
    private static readonly PathString[] Paths = ["/api", "/mcp", "/health", "/openapi", "/.well-known", "/register", "/authorize", "/token"];

    /// <summary>Whether a path is for programs: it gets JSON, never a page or a redirect.</summary>
    /// <param name="path">The request's path.</param>
    public static bool IsForPrograms(PathString path) => Array.Exists(Paths, prefix => path.StartsWithSegments(prefix, StringComparison.OrdinalIgnoreCase));

    /// <summary>Adds the middleware for those paths, before routing.</summary>
    /// <param name="app">The pipeline.</param>
    public static IApplicationBuilder UseApiErrors(this IApplicationBuilder app) =>
        app.UseWhen(context => IsForPrograms(context.Request.Path), programs => programs.Use(AnswerAsync));

    private static async Task AnswerAsync(HttpContext context, RequestDelegate next)
    {
        context.Response.Headers.CacheControl = "no-store";
        try
        {
            await next(context);
        }
        catch (BadHttpRequestException e) when (!context.Response.HasStarted)
        {
            context.Response.Clear();
            context.Response.StatusCode = e.StatusCode;
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            return;
        }
        catch (Exception e) when (!context.Response.HasStarted && DatabaseBusy.Is(e))
        {
            context.Response.Clear();
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        }
        catch (Exception e) when (!context.Response.HasStarted)
        {
            var logger = context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(ApiErrors));
            LogFailed(logger, e, context.TraceIdentifier);
            context.Response.Clear();
            context.Response.StatusCode = StatusCodes.Status500InternalServerError;
        }

        if (!context.Response.HasStarted && context.Response.ContentLength is null && context.Response.ContentType is null
            && Describe(context.Response.StatusCode) is { } problem)
        {
            context.Response.Headers[Security.RequestIds.Header] = context.TraceIdentifier;
            await problem.ExecuteAsync(context);
        }
    }

    private static IResult? Describe(int status) => status switch
    {
        StatusCodes.Status400BadRequest => ApiProblem.Of("validation_failed", "The request could not be read."),
        StatusCodes.Status404NotFound => ApiProblem.Of("not_found", "There is nothing at this address."),
        StatusCodes.Status405MethodNotAllowed => ApiProblem.Of("method_not_allowed", "This address does not take that method; see the Allow header."),
        StatusCodes.Status406NotAcceptable => ApiProblem.Of("not_acceptable", "This address answers in JSON."),
        StatusCodes.Status413PayloadTooLarge => ApiProblem.Of("payload_too_large", "A body may have 1 MB at most."),
        StatusCodes.Status415UnsupportedMediaType => ApiProblem.Of("unsupported_media_type", "Send the body as application/json."),
        StatusCodes.Status503ServiceUnavailable => ApiProblem.Of("busy", "The database is busy. Nothing was done; try again.", TimeSpan.FromSeconds(1)),
        StatusCodes.Status500InternalServerError => ApiProblem.Of("internal_error", "Something went wrong here. The request id helps to find it in the log."),
        _ => null,
    };

    [LoggerMessage(EventName = "api.failed", Level = LogLevel.Error, Message = "Request {RequestId} failed")]
    private static partial void LogFailed(ILogger logger, Exception exception, string requestId);
}
