namespace AImetier.Portal.Features.Conversations;

/// <summary>A reply at one moment.</summary>
/// <param name="Text">Everything written so far.</param>
/// <param name="Ended">Whether it is stored and changes no more.</param>
public sealed record ReplySoFar(string Text, bool Ended);
