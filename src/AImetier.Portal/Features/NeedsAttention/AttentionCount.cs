using System.Globalization;
using Microsoft.AspNetCore.Mvc;

namespace AImetier.Portal.Features.NeedsAttention;

/// <summary>How many things need a person, beside the entry of the side menu. The layout calls it by name; its script asks for it anew.</summary>
/// <param name="queue">Counts.</param>
[ViewComponent(Name = "AttentionCount")]
public sealed class AttentionCount(AttentionReader queue) : ViewComponent
{
    /// <summary>Counts.</summary>
    public async Task<IViewComponentResult> InvokeAsync() =>
        View("/Features/NeedsAttention/AttentionCount.cshtml", await queue.CountAsync(HttpContext.RequestAborted));

    /// <summary>What is shown for a count.</summary>
    /// <param name="count">At most <see cref="AttentionReader.MostCounted"/>.</param>
    public static string Shown(int count) => count >= AttentionReader.MostCounted ? "99+" : count.ToString(CultureInfo.InvariantCulture);
}
