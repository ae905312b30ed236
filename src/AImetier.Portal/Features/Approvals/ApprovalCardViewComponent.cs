using AImetier.Portal.Data;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace AImetier.Portal.Features.Approvals;

/// <summary>Shows what a reply wants to send, with its state, and leads to where it is decided. Other features invoke it by its name, <c>ApprovalCard</c>.</summary>
/// <param name="db">The database.</param>
public sealed class ApprovalCardViewComponent(PortalDbContext db) : ViewComponent
{
    /// <summary>Renders the approvals of a reply in the order they were asked for.</summary>
    /// <param name="messageId">A reply that the reader may see.</param>
    public async Task<IViewComponentResult> InvokeAsync(string messageId) => View(
        "/Features/Approvals/ApprovalCard.cshtml",
        await db.Set<Approval>().AsNoTracking().Where(approval => approval.MessageId == messageId)
            .OrderBy(approval => approval.RequestedAt).ThenBy(approval => approval.Id).ToListAsync(HttpContext.RequestAborted));
}
