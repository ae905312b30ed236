using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace AImetier.Portal.Features.ChatModels;

/// <summary>Says on a page that a teammate gives practice answers; nothing with a live model. Lower features invoke it by its name, <c>PracticeNotice</c>.</summary>
/// <param name="model">Which model answers.</param>
/// <param name="text">Resources.</param>
public sealed class PracticeNoticeViewComponent(ModelInfo model, IStringLocalizer<ChatModelText> text) : ViewComponent
{
    /// <summary>Renders the sentence, or nothing.</summary>
    /// <param name="teammateName">Name of the teammate.</param>
    public IViewComponentResult Invoke(string teammateName) =>
        model.IsPractice ? View("/Features/ChatModels/PracticeNotice.cshtml", text["PracticeNotice", teammateName].Value) : Content("");
}
