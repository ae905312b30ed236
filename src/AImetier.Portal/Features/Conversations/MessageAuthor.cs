namespace AImetier.Portal.Features.Conversations;

/// <summary>Who wrote a message.</summary>
public enum MessageAuthor
{
    /// <summary>Whoever asked.</summary>
    User = 0,

    /// <summary>The teammate.</summary>
    Teammate = 1,
}
