namespace AImetier.Portal.Features.IncomingHooks;

/// <summary>Why a hook did not take what was sent to it. Admins are told precisely; a sender that did not prove itself is told nothing.</summary>
public enum HookRefusalReason
{
    /// <summary>Neither a key nor a signature was sent.</summary>
    NoProof = 0,

    /// <summary>Another proof was sent than the hook asks for.</summary>
    OtherProof = 1,

    /// <summary>The key is not accepted.</summary>
    KeyRefused = 2,

    /// <summary>The signature belongs to another body, id, time or secret.</summary>
    WrongSignature = 3,

    /// <summary>A header of the signature is missing, or not written as it must be.</summary>
    UnreadableSignature = 4,

    /// <summary>The signature is right, but its time is more than 5 minutes away.</summary>
    Stale = 5,

    /// <summary>The stored secret can no longer be decrypted.</summary>
    SecretLost = 6,

    /// <summary>The hook is paused.</summary>
    Paused = 7,

    /// <summary>The teammate is paused.</summary>
    TeammatePaused = 8,

    /// <summary>Too much work was asked for.</summary>
    TooMuchWork = 9,

    /// <summary>The body is over 1 MB.</summary>
    TooLarge = 10,

    /// <summary>The body is neither JSON, nor a form, nor plain text.</summary>
    UnknownType = 11,

    /// <summary>The body is not UTF-8.</summary>
    NotUtf8 = 12,

    /// <summary>The body is not the JSON or the form that it says it is.</summary>
    Unreadable = 13,

    /// <summary>The question made of the body is empty.</summary>
    Empty = 14,

    /// <summary>The question made of the body has too many characters.</summary>
    TooLong = 15,

    /// <summary>Something else was sent with the same id before.</summary>
    OtherBody = 16,
}
