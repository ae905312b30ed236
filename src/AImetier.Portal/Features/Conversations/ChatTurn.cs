namespace AImetier.Portal.Features.Conversations;

/// <summary>A question or a reply on the page.</summary>
/// <param name="Message">The message.</param>
/// <param name="HasApprovals">Whether it wants to send something.</param>
/// <param name="Text">Its text: of a reply, as markup that can do nothing; null for questions, which are shown as they are.</param>
public sealed record ChatTurn(Message Message, bool HasApprovals, SafeMarkdown? Text);
