using AImetier.Portal.Features.Teammates;
using Microsoft.AspNetCore.Mvc;

namespace AImetier.Portal.Features.Developer;

/// <summary>Shows the section about MCP.</summary>
/// <param name="reader">Reads what it shows.</param>
public sealed class McpSectionViewComponent(McpSectionReader reader) : ViewComponent
{
    /// <summary>Renders the section; nothing while no teammate has been hired.</summary>
    /// <param name="teammate">The picked teammate, or null.</param>
    public async Task<IViewComponentResult> InvokeAsync(Teammate? teammate) => teammate is null
        ? Content("")
        : View("/Features/Developer/_Mcp.cshtml", await reader.ReadAsync(teammate, Request, HttpContext.RequestAborted));
}
