using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using AImetier.Portal.Data;
using AImetier.Portal.Security;
using Microsoft.Data.Sqlite;

namespace AImetier.Portal.Features.ApiTokens;

/// <summary>Checks a key: form, row, proof. The row is read for every request; only the proof of the secret is remembered.</summary>
/// <param name="rows">Reads the row.</param>
/// <param name="proofs">Remembers proofs.</param>
/// <param name="prover">Proves what is not remembered.</param>
/// <param name="hasher">Tells whether a hash is to be made anew, and makes it.</param>
/// <param name="gate">Bounds hashing.</param>
/// <param name="database">Where a hash is replaced.</param>
public sealed class TokenVerifier(TokenRowReader rows, VerifiedTokenCache proofs, TokenProver prover, Argon2Hasher hasher, TokenHashingGate gate, DatabaseConnection database)
{
    private static readonly TokenCheck.Busy Later = new(TimeSpan.FromSeconds(1));
    private static readonly TokenCheck.Refused WrongLength = new(RefusalReason.WrongLength);
    private static readonly TokenCheck.Refused Malformed = new(RefusalReason.Malformed);
    private static readonly TokenCheck.Refused Unknown = new(RefusalReason.Unknown);
    private static readonly TokenCheck.Refused WrongSecret = new(RefusalReason.WrongSecret);
    private static readonly TokenCheck.Refused Revoked = new(RefusalReason.Revoked);
    private static readonly TokenCheck.Refused TeammateRemoved = new(RefusalReason.TeammateRemoved);
    private readonly TokenCheckQueue _queue = new(rows.Now);
    private readonly ConcurrentDictionary<string, bool> _rehashing = new(StringComparer.Ordinal);

    /// <summary>Checks a key's text against the database as it is now.</summary>
    /// <param name="text">What stood after <c>Bearer</c>.</param>
    /// <param name="source">Where the request came from, see <see cref="SourceAddress"/>.</param>
    /// <param name="cancellationToken">Leaves the wait for a proof.</param>
    public ValueTask<TokenCheck> VerifyAsync(string text, string source, CancellationToken cancellationToken)
    {
        if (text.Length != TokenFormat.Length)
            return new(WrongLength);
        if (!TokenFormat.IsWellFormed(text))
            return new(Malformed);

        return TokenCheckQueue.IsWorthwhile ? InCompanyAsync(text, source, cancellationToken) : Check(text, source, moment: null, cancellationToken);
    }

    private async ValueTask<TokenCheck> InCompanyAsync(string text, string source, CancellationToken cancellationToken)
    {
        try
        {
            return await await _queue.RunAsync(moment => Check(text, source, moment, cancellationToken).AsTask());
        }
        catch (SqliteException e) when (DatabaseBusy.Is(e))
        {
            return Later;
        }
    }

    private ValueTask<TokenCheck> Check(string text, string source, TokenRowReader.Moment? moment, CancellationToken cancellationToken)
    {
        var known = proofs.Find(TokenFormat.IdOf(text));
        var id = known?.Row.Principal.TokenId ?? TokenFormat.IdOf(text).ToString();
        if (!TryRead(id, known?.Row, moment, out var row, out var refusal))
            return new(refusal);

        Span<byte> mac = stackalloc byte[32];
        proofs.Mac(text, mac);
        return known?.Matches(row, mac) is { } right
            ? new(Outcome(right, row))
            : new(ProveAsync(text, row, mac.ToArray(), source, cancellationToken));
    }

    private async Task<TokenCheck> ProveAsync(string text, TokenRow proved, byte[] mac, string source, CancellationToken cancellationToken)
    {
        // Whoever asked may have other checks to make.
        await Task.Yield();
        var id = proved.Principal.TokenId;

        // Another call may have proved the key since.
        var known = proofs.Find(id)?.Matches(proved, mac);
        var secret = TokenFormat.SecretOf(text).ToString();
        if ((known ?? await prover.ProveAsync(id, proved.Hash!, secret, mac, source, cancellationToken)) is not { } right)
            return Later;
        if (!right)
            return WrongSecret;

        // The proof took a while: what may have been revoked meanwhile is read again.
        if (known is null)
            proofs.Remember(proved, mac);
        if (!TryRead(id, proved, moment: null, out var row, out var refusal))
            return refusal;
        if (hasher.NeedsRehash(proved.Hash!))
            await RehashAsync(proved, secret, mac, source, cancellationToken);
        return Outcome(right, row);
    }

    private static TokenCheck Outcome(bool right, TokenRow row) => right ? new TokenCheck.Accepted(row.Principal, !row.Used) : WrongSecret;

    private bool TryRead(string id, TokenRow? known, TokenRowReader.Moment? moment, [NotNullWhen(true)] out TokenRow? row, [NotNullWhen(false)] out TokenCheck? refusal)
    {
        try
        {
            row = moment is null ? rows.Read(id, known) : moment.Read(id, known);
        }
        catch (SqliteException e) when (DatabaseBusy.Is(e))
        {
            row = null;
            refusal = Later;
            return false;
        }

        refusal = row switch
        {
            null => Unknown,
            { Revoked: true } or { Hash: null } => Revoked,
            { TeammateRemoved: true } => TeammateRemoved,
            _ => null,
        };
        return refusal is null;
    }

    // A better hash is welcome, not needed: where another call makes it, the gate is full or the database cannot take it, a later proof tries again.
    private async Task RehashAsync(TokenRow proved, string secret, byte[] mac, string source, CancellationToken cancellationToken)
    {
        var id = proved.Principal.TokenId;
        if (!_rehashing.TryAdd(id, true))
            return;

        try
        {
            using var pass = await gate.EnterAsync(source, cancellationToken);
            if (pass is null)
                return;
            var renewed = await hasher.HashAsync(secret);
            if (await StoreAsync(id, proved.Hash!, renewed))
                proofs.Remember(proved with { Hash = renewed }, mac);
        }
        catch (SqliteException)
        {
            // Kept as it was.
        }
        finally
        {
            _rehashing.TryRemove(id, out _);
        }
    }

    private async Task<bool> StoreAsync(string id, string hash, string renewed)
    {
        await using var connection = database.Open();
        await using var command = connection.CreateCommand();
        command.CommandText = """UPDATE "ApiTokens" SET "Hash" = $new WHERE "Id" = $id AND "Hash" = $old AND "RevokedAt" IS NULL""";
        command.Parameters.AddWithValue("$new", renewed);
        command.Parameters.AddWithValue("$id", id);
        command.Parameters.AddWithValue("$old", hash);
        return await command.ExecuteNonQueryAsync(CancellationToken.None) == 1;
    }
}
