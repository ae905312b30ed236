namespace AImetier.Portal.Features.Conversations;

/// <summary>What is sent from the pages of Chat.</summary>
/// <param name="Teammate">Who is asked; only where a conversation begins.</param>
/// <param name="Text">What is asked.</param>
public sealed record ChatForm(string? Teammate, string? Text)
{
    /// <summary>The text with line ends as they are stored: forms send CRLF.</summary>
    public string Question => (Text ?? "").Replace("\r\n", "\n", StringComparison.Ordinal);
}
