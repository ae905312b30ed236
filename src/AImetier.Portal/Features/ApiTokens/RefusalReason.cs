namespace AImetier.Portal.Features.ApiTokens;

/// <summary>Why a key was refused.</summary>
public enum RefusalReason
{
    /// <summary>It does not have 72 characters.</summary>
    WrongLength,

    /// <summary>Prefix, characters or checksum do not fit.</summary>
    Malformed,

    /// <summary>No key has that id.</summary>
    Unknown,

    /// <summary>The id is right and the secret is not.</summary>
    WrongSecret,

    /// <summary>The key was revoked.</summary>
    Revoked,

    /// <summary>The key's teammate was removed.</summary>
    TeammateRemoved,
}
