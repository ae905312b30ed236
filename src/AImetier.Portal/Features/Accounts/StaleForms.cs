using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Core.Infrastructure;
using Microsoft.AspNetCore.Mvc.Filters;

namespace AImetier.Portal.Features.Accounts;

/// <summary>
/// A form of sign-in, sign-out or the language choice that was opened by somebody else's session, or before one ended, is no attack but an old
/// tab: it leads to where the person can go on. Forms without any token stay refused.
/// </summary>
public sealed class StaleForms : IAlwaysRunResultFilter
{
    private static readonly string[] Forms = ["/account/sign-in", "/account/sign-out", "/account/language"];

    /// <inheritdoc/>
    public void OnResultExecuting(ResultExecutingContext context)
    {
        var request = context.HttpContext.Request;
        if (context.Result is IAntiforgeryValidationFailedResult && HasToken(request) && Array.Exists(Forms, path => request.Path.Equals(path, StringComparison.OrdinalIgnoreCase)))
            context.Result = new LocalRedirectResult("/");
    }

    /// <inheritdoc/>
    public void OnResultExecuted(ResultExecutedContext context)
    {
    }

    private static bool HasToken(HttpRequest request) => request.HasFormContentType && request.Form.ContainsKey("__RequestVerificationToken");
}
