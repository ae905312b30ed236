namespace AImetier.Portal.Features.ChatModels;

/// <summary>An e-mail that a request wants from the practice model. Whether it may be sent is for the tool to say.</summary>
/// <param name="To">Something that looks like an address.</param>
/// <param name="Subject">Subject.</param>
/// <param name="Body">Text.</param>
internal sealed record PracticeEmail(string To, string Subject, string Body);
