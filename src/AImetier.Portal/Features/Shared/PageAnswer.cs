using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Abstractions;

namespace AImetier.Portal.Features.Shared;

/// <summary>Answers with a page of Shared where no controller runs.</summary>
public static class PageAnswer
{
    /// <summary>Renders the page.</summary>
    /// <param name="context">The request.</param>
    /// <param name="view">Name of a view in Features/Shared.</param>
    /// <param name="status">Status of the answer.</param>
    public static Task WriteAsync(HttpContext context, string view, int status) =>
        new ViewResult { ViewName = $"/Features/Shared/{view}.cshtml", StatusCode = status }
            .ExecuteResultAsync(new ActionContext(context, context.GetRouteData(), new ActionDescriptor()));
}
