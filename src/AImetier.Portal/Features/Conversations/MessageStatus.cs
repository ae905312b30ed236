namespace AImetier.Portal.Features.Conversations;

/// <summary>How far a message is.</summary>
public enum MessageStatus
{
    /// <summary>A reply being written.</summary>
    Working = 0,

    /// <summary>Whole.</summary>
    Completed = 1,

    /// <summary>The model gave no whole answer; what was written so far is kept.</summary>
    Failed = 2,

    /// <summary>Ended before it was whole: by a person, or because the key, the pause or the removal forbade going on.</summary>
    Stopped = 3,
}
