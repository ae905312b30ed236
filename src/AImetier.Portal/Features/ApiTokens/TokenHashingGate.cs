using AImetier.Portal.Security;

namespace AImetier.Portal.Features.ApiTokens;

/// <summary>The gate of keys: two Argon2id runs at once, 64 waiters. Bad keys cannot block people's sign-in, which has its own.</summary>
public sealed class TokenHashingGate() : HashingGate(Parallel, longestQueue: 64)
{
    /// <summary>Runs at once.</summary>
    public const int Parallel = 2;
}
