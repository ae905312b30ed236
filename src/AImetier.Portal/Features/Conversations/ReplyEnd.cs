namespace AImetier.Portal.Features.Conversations;

/// <summary>Why a reply is not whole.</summary>
public enum ReplyEnd
{
    /// <summary>Whoever may stop it did.</summary>
    StopRequested = 0,

    /// <summary>The key that asked was revoked.</summary>
    KeyRevoked = 1,

    /// <summary>The teammate was paused.</summary>
    TeammatePaused = 2,

    /// <summary>The teammate was removed.</summary>
    TeammateRemoved = 3,

    /// <summary>The model refused, broke off, or could not be reached.</summary>
    ModelFailed = 4,

    /// <summary>The model took too long.</summary>
    ModelTimeout = 5,

    /// <summary>The model wrote more than a reply may hold.</summary>
    TooLong = 6,

    /// <summary>The Portal stopped during the work.</summary>
    PortalStopped = 7,

    /// <summary>The incoming hook that asked was paused or removed.</summary>
    HookClosed = 8,
}
