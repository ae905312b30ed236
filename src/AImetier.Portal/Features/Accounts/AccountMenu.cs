using Microsoft.AspNetCore.Mvc;

namespace AImetier.Portal.Features.Accounts;

/// <summary>Foot of the side menu: who is signed in, in which business, and their own pages. The layout calls it by name.</summary>
/// <param name="workspaces">Reads the name of the business.</param>
[ViewComponent(Name = "AccountMenu")]
public sealed class AccountMenu(WorkspaceService workspaces) : ViewComponent
{
    /// <summary>Reads both names.</summary>
    public async Task<IViewComponentResult> InvokeAsync()
    {
        if (UserClaimsPrincipal.Identity?.IsAuthenticated != true)
            return Content("");
        var actor = UserClaimsPrincipal.ToActor();
        var workspace = await workspaces.GetAsync(actor.WorkspaceId, HttpContext.RequestAborted);
        return View("/Features/Accounts/AccountMenu.cshtml", new Names(actor.Name, workspace.Name));
    }

    /// <summary>What the foot shows.</summary>
    /// <param name="Person">Name of the person.</param>
    /// <param name="Workspace">Name of the business.</param>
    public sealed record Names(string Person, string Workspace);
}
