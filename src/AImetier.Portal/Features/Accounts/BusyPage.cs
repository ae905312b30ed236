using System.Globalization;
using AImetier.Portal.Data;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace AImetier.Portal.Features.Accounts;

/// <summary>Turns a full queue of password checks, or a database that stays locked, into a page that says when to try again.</summary>
public sealed class BusyPage : IExceptionFilter
{
    /// <inheritdoc/>
    public void OnException(ExceptionContext context)
    {
        if (context.Exception is not TooManySignInsException && !DatabaseBusy.Is(context.Exception))
            return;
        context.HttpContext.Response.Headers.RetryAfter = TooManySignInsException.RetryAfter.TotalSeconds.ToString(CultureInfo.InvariantCulture);
        context.Result = new ViewResult { ViewName = "/Features/Accounts/Busy.cshtml", StatusCode = StatusCodes.Status503ServiceUnavailable };
        context.ExceptionHandled = true;
    }
}
