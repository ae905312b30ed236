using AImetier.Portal.Security;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace AImetier.Portal.Features.Shared;

/// <summary>Gives every answer of the pages that would have no body, and every failure, a page in plain words.</summary>
/// <remarks>The page is rendered in place: no second trip through the pipeline, which could fail for the same reason.</remarks>
public static partial class ErrorPages
{
    /// <summary>Adds the pages for people; what programs call answers by itself. Before routing.</summary>
    /// <param name="app">The pipeline.</param>
    public static IApplicationBuilder UseErrorPages(this IApplicationBuilder app) => app.UseWhen(
        context => !ApiErrors.IsForPrograms(context.Request.Path),
        pages =>
        {
            pages.UseExceptionHandler(new ExceptionHandlerOptions
            {
                ExceptionHandler = FailedAsync,
                StatusCodeSelector = failure => IsUnreadable(failure) ? StatusCodes.Status400BadRequest : StatusCodes.Status500InternalServerError,
                // FailedAsync writes the one line of the log.
                SuppressDiagnosticsCallback = _ => true,
            });
            pages.UseStatusCodePages(page => WriteAsync(page.HttpContext));
        });

    private static async Task FailedAsync(HttpContext context)
    {
        var failure = context.Features.Get<IExceptionHandlerFeature>()!.Error;
        if (!IsUnreadable(failure))
            PageFailed(LoggerOf(context), failure, context.TraceIdentifier);

        // Clearing the answer took the id with it. Who is signed in is forgotten: the menu asks the database, which may be what failed.
        context.Response.Headers[RequestIds.Header] = context.TraceIdentifier;
        context.User = new();
        try
        {
            await WriteAsync(context);
        }
        catch (Exception second) when (!context.Response.HasStarted)
        {
            // Not even the page can be made: an empty answer with the id. The failure itself is never shown.
            PageOfFailureFailed(LoggerOf(context), second, context.TraceIdentifier);
            context.Response.Headers.ContentType = default;
        }
    }

    // A form that is too large, or holds what no browser sends, such as U+0000.
    private static bool IsUnreadable(Exception failure) => failure is InvalidDataException;

    private static ILogger LoggerOf(HttpContext context) =>
        context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(ErrorPages));

    private static Task WriteAsync(HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-store";
        var metadata = context.RequestServices.GetRequiredService<IModelMetadataProvider>();
        var page = new ViewResult
        {
            ViewName = "/Features/Shared/Error.cshtml",
            StatusCode = context.Response.StatusCode,
            ViewData = new ViewDataDictionary<ErrorPage>(metadata, new ModelStateDictionary())
            {
                Model = new ErrorPage(context.Response.StatusCode, context.TraceIdentifier),
            },
        };
        return page.ExecuteResultAsync(new ActionContext(context, new RouteData(), new ActionDescriptor()));
    }

    [LoggerMessage(EventName = "page.failed", Level = LogLevel.Error, Message = "Request {RequestId} failed")]
    private static partial void PageFailed(ILogger logger, Exception failure, string requestId);

    [LoggerMessage(EventName = "page.failed.twice", Level = LogLevel.Error, Message = "The page that says that request {RequestId} failed could not be made")]
    private static partial void PageOfFailureFailed(ILogger logger, Exception failure, string requestId);
}
