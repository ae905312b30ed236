using AImetier.Portal.Features.ApiTokens;
using AImetier.Portal.Features.Teammates;

namespace AImetier.Portal.Features.Developer;

/// <summary>The confirmation before a key is revoked.</summary>
/// <param name="Token">The key.</param>
/// <param name="Teammate">Whom it is for.</param>
public sealed record RevokeViewModel(TokenSummary Token, Teammate Teammate);
