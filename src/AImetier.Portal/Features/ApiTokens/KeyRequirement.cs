using Microsoft.AspNetCore.Authorization.Infrastructure;

namespace AImetier.Portal.Features.ApiTokens;

/// <summary>
/// Asks for a key that <see cref="KeyDoor"/> has accepted. It names no scheme: whoever comes another way, such as a person with a session, has no
/// key and is refused.
/// </summary>
public sealed class KeyRequirement() : AssertionRequirement(static context => TokenPrincipal.TryGet(context.User, out _));
