namespace AImetier.Portal.Features.Mcp;

/// <summary>A client that has called a teammate, for lists.</summary>
/// <param name="Name">What it calls itself.</param>
/// <param name="Version">Its version, or null.</param>
/// <param name="Revision">Protocol revision it spoke, or null.</param>
/// <param name="KeyName">Name of the key it called with.</param>
/// <param name="KeyRevoked">Whether that key is revoked.</param>
/// <param name="FirstSeenAt">When it was first seen with that key.</param>
/// <param name="LastSeenAt">When it was last seen.</param>
public sealed record SeenClientRow(
    string Name, string? Version, string? Revision, string KeyName, bool KeyRevoked, DateTimeOffset FirstSeenAt, DateTimeOffset LastSeenAt);
