using AImetier.Portal.Security;

namespace AImetier.Portal.Features.ApiTokens;

/// <summary>The gate of keys: two Argon2id runs at once, 64 waiters. Bad keys cannot block people's sign-in, which has its own.</summary>
public sealed class TokenHashingGate() : HashingGate(parallel: 2, longestQueue: 64);
