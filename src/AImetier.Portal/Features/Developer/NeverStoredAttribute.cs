using Microsoft.AspNetCore.Mvc.Filters;

namespace AImetier.Portal.Features.Developer;

/// <summary>Tells browsers and proxies to keep no copy of the answer. (The framework's own attribute quarrels with antiforgery, which sets the header too.)</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class NeverStoredAttribute : ResultFilterAttribute
{
    /// <inheritdoc/>
    public override void OnResultExecuting(ResultExecutingContext context) =>
        context.HttpContext.Response.OnStarting(static state =>
        {
            ((HttpResponse)state).Headers.CacheControl = "no-store";
            return Task.CompletedTask;
        }, context.HttpContext.Response);
}
