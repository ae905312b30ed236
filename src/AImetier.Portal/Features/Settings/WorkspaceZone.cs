using AImetier.Portal.Features.Accounts;
using AImetier.Portal.Features.Shared;
using Microsoft.AspNetCore.Mvc.Filters;

namespace AImetier.Portal.Features.Settings;

/// <summary>Shows the times of every page to signed-in people in the time zone of their workspace.</summary>
/// <param name="workspaces">Reads the zone.</param>
/// <param name="reader">Where pages look for it.</param>
public sealed class WorkspaceZone(WorkspaceService workspaces, ReaderZone reader) : IAsyncActionFilter
{
    /// <inheritdoc/>
    public async Task OnActionExecutionAsync(ActionExecutingContext context, ActionExecutionDelegate next)
    {
        var user = context.HttpContext.User;
        if (user.Identity?.IsAuthenticated == true)
            reader.Set((await workspaces.GetAsync(user.ToActor().WorkspaceId, context.HttpContext.RequestAborted)).TimeZone);
        await next();
    }
}
