namespace AImetier.Portal.Features.Conversations;

/// <summary>Limits of the work that a key or a hook may ask for.</summary>
public enum WorkLimit
{
    /// <summary>Asks within a minute.</summary>
    PerMinute,

    /// <summary>Asks being worked on at once.</summary>
    AtOnce,

    /// <summary>Asks within 24 hours.</summary>
    PerDay,
}
