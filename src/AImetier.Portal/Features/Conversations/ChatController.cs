using AImetier.Portal.Features.Accounts;
using AImetier.Portal.Features.Shared;
using AImetier.Portal.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace AImetier.Portal.Features.Conversations;

/// <summary>The pages of Chat.</summary>
/// <param name="chat">Reads conversations.</param>
/// <param name="keeper">Renames and removes them.</param>
/// <param name="text">Resources of Chat.</param>
/// <param name="shared">Resources of Shared.</param>
[Route("chat")]
[Authorize(Policies.SignedIn)]
[AutoValidateAntiforgeryToken]
public sealed class ChatController(
    ChatReader chat, ChatKeeper keeper, IStringLocalizer<ChatText> text, IStringLocalizer<SharedText> shared) : Controller
{
    /// <summary>Whom to ask, and the conversations so far.</summary>
    /// <param name="starts">Puts the page together.</param>
    /// <param name="teammate">Who is picked, or null.</param>
    /// <param name="after">Where the list begins, or null.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    [HttpGet("")]
    public async Task<IActionResult> Start(
        [FromServices] ChatStarts starts, [FromQuery] string? teammate, [FromQuery] string? after, CancellationToken cancellationToken) =>
        View("ChatStart", await starts.PageAsync(User, teammate, ChatListPlace.Of(after), cancellationToken));

    /// <summary>A conversation.</summary>
    /// <param name="id">Id from outside.</param>
    /// <param name="before">Number below which the page ends, or null for the newest.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    [HttpGet("{id}")]
    public async Task<IActionResult> Conversation([FromRoute] string id, [FromQuery] int? before, CancellationToken cancellationToken) =>
        await FindAsync(id, before, cancellationToken) is { } page ? View("Chat", page) : NotFound();

    /// <summary>Calls the conversation something else.</summary>
    /// <param name="id">Id from outside.</param>
    /// <param name="title">What was typed.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    [HttpPost("{id}/rename")]
    public async Task<IActionResult> Rename([FromRoute] string id, [FromForm] string? title, CancellationToken cancellationToken)
    {
        var outcome = await keeper.RenameAsync(id, title, User.ToActor(), cancellationToken);
        if (outcome is ChatTitleOutcome.Refused(var check) && await FindAsync(id, null, cancellationToken) is { } page)
        {
            Response.StatusCode = StatusCodes.Status400BadRequest;
            return View("Chat", page with { TypedTitle = title ?? "", TitleError = shared.Describe(check, Conversations.Conversation.LongestTitle) });
        }

        if (outcome is not ChatTitleOutcome.Renamed)
            return NotFound();
        TempData["flash"] = text["Flash.Renamed"].Value;
        return RedirectToAction(nameof(Conversation), new { id });
    }

    /// <summary>Says what goes with the conversation, and asks.</summary>
    /// <param name="id">Id from outside.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    [HttpGet("{id}/remove")]
    public async Task<IActionResult> Remove([FromRoute] string id, CancellationToken cancellationToken) =>
        await FindAsync(id, null, cancellationToken) is { IsMine: true } page ? View("ChatRemove", page) : NotFound();

    /// <summary>Removes and leads back to the list.</summary>
    /// <param name="id">Id from outside.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    [HttpPost("{id}/remove")]
    public async Task<IActionResult> RemoveForGood([FromRoute] string id, CancellationToken cancellationToken)
    {
        if (await keeper.RemoveAsync(id, User.ToActor(), cancellationToken) is not { } title)
            return NotFound();
        TempData["flash"] = text["Flash.Removed", title].Value;
        return RedirectToAction(nameof(Start));
    }

    private Task<ChatPage?> FindAsync(string id, int? before, CancellationToken cancellationToken) =>
        chat.FindAsync(id, User.ToActor(), User.IsAdmin(), before, cancellationToken);
}
