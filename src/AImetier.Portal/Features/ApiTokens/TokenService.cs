using AImetier.Portal.Data;
using AImetier.Portal.Features.Activity;
using AImetier.Portal.Features.Events;
using AImetier.Portal.Features.Shared;
using AImetier.Portal.Features.Teammates;
using AImetier.Portal.Security;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace AImetier.Portal.Features.ApiTokens;

/// <summary>The one door to keys for pages and endpoints: generate, list, rename, revoke. Requests are checked by <see cref="TokenVerifier"/>, behind <see cref="KeyDoor"/>.</summary>
/// <param name="db">The database, filtered by the caller's workspace.</param>
/// <param name="teammates">Finds the teammate of a key.</param>
/// <param name="proofs">Learns the proof of a new key.</param>
/// <param name="hasher">Hashes secrets.</param>
/// <param name="gate">Bounds hashing.</param>
/// <param name="revoker">Ends keys.</param>
/// <param name="activity">The activity log.</param>
/// <param name="events">The outbox.</param>
/// <param name="text">What keys are called.</param>
/// <param name="time">The clock.</param>
public sealed class TokenService(
    PortalDbContext db,
    TeammateDirectory teammates,
    VerifiedTokenCache proofs,
    Argon2Hasher hasher,
    TokenHashingGate gate,
    TokenRevoker revoker,
    ActivityLog activity,
    EventPublisher events,
    IStringLocalizer<TokenText> text,
    TimeProvider time)
{
    private const int ConstraintViolated = SQLitePCL.raw.SQLITE_CONSTRAINT_UNIQUE;

    /// <summary>Generates a key for a teammate.</summary>
    /// <param name="teammateId">Id from outside.</param>
    /// <param name="name">What was typed, or nothing for "Key n".</param>
    /// <param name="nonce">One-use value of the form, 16 to 64 characters.</param>
    /// <param name="actor">Who generates it.</param>
    /// <param name="cancellationToken">Stops before anything is stored.</param>
    public async Task<GenerateOutcome> GenerateAsync(string? teammateId, string? name, string? nonce, Actor actor, CancellationToken cancellationToken)
    {
        if (nonce is not { Length: >= 16 and <= 64 })
            return new GenerateOutcome.BadForm();
        var check = NameCheck.Of(name, ApiToken.LongestName);
        if (check is NameCheck.TooLong or NameCheck.Forbidden)
            return new GenerateOutcome.BadName(check);
        if (await ByNonceAsync(nonce, cancellationToken) is { } existing)
            return new GenerateOutcome.AlreadyCreated(existing);
        if (await teammates.FindAsync(teammateId, cancellationToken) is not { } teammate)
            return new GenerateOutcome.NoTeammate();

        var plain = PlainToken.Generate();
        string hash;
        using (var pass = await gate.EnterAsync("people", cancellationToken))
        {
            if (pass is null)
                return new GenerateOutcome.Busy();
            hash = await hasher.HashAsync(plain.SecretForHashing());
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (!await db.Set<Teammate>().AnyAsync(row => row.Id == teammate.Id && row.RemovedAt == null, cancellationToken))
            return new GenerateOutcome.NoTeammate();

        var number = check is NameCheck.Empty ? await NextNumberAsync(teammate.Id, cancellationToken) : (int?)null;
        var token = new ApiToken
        {
            Id = plain.Id,
            WorkspaceId = actor.WorkspaceId,
            TeammateId = teammate.Id,
            Name = check is NameCheck.Good(var typed) ? typed : text["DefaultName", number!],
            Number = number,
            FormNonce = nonce,
            CreatedAt = time.GetUtcNow(),
            CreatedById = actor.Id,
            CreatedByName = actor.Name,
        };
        token.SetHash(hash);
        db.Add(token);
        activity.Add(actor, ActivityAction.TokenCreated, token.Id, token.Name, token.TeammateId);
        await events.AddAsync(token.WorkspaceId, token.TeammateId, "token.created", new TokenEvent(token.TeammateId, token.Id), visibleToKeys: true, cancellationToken);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException e) when (e.InnerException is SqliteException { SqliteExtendedErrorCode: ConstraintViolated })
        {
            await transaction.RollbackAsync(CancellationToken.None);
            return await ByNonceAsync(nonce, cancellationToken) is { } other ? new GenerateOutcome.AlreadyCreated(other) : new GenerateOutcome.Busy();
        }

        await transaction.CommitAsync(CancellationToken.None);
        RememberProof(plain, new TokenRow(hash, Revoked: false, TeammateRemoved: false, Used: false, new TokenPrincipal(token.Id, token.Name, teammate.Id, teammate.Name, token.WorkspaceId)));
        return new GenerateOutcome.Created(TokenQueries.Summarize(token), plain);
    }

    /// <summary>A page of a teammate's active keys, newest first.</summary>
    /// <param name="teammateId">A teammate of this workspace.</param>
    /// <param name="after"><see cref="TokenPage.Next"/> of the page before, or null.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    public Task<TokenPage> ListActiveAsync(string teammateId, string? after, CancellationToken cancellationToken) =>
        TokenQueries.PageAsync(db, teammateId, revoked: false, after, time.GetUtcNow(), cancellationToken);

    /// <summary>A page of a teammate's revoked keys, newest first.</summary>
    /// <param name="teammateId">A teammate of this workspace.</param>
    /// <param name="after"><see cref="TokenPage.Next"/> of the page before, or null.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    public Task<TokenPage> ListRevokedAsync(string teammateId, string? after, CancellationToken cancellationToken) =>
        TokenQueries.PageAsync(db, teammateId, revoked: true, after, time.GetUtcNow(), cancellationToken);

    /// <summary>A key of this workspace, or null.</summary>
    /// <param name="tokenId">Id from outside.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    public Task<TokenSummary?> FindAsync(string tokenId, CancellationToken cancellationToken) =>
        TokenQueries.FindAsync(db, tokenId, time.GetUtcNow(), cancellationToken);

    /// <summary>Renames a key; its secret is untouched.</summary>
    /// <param name="tokenId">Id from outside.</param>
    /// <param name="name">What was typed.</param>
    /// <param name="actor">Who renames it.</param>
    /// <param name="cancellationToken">Stops before anything is stored.</param>
    /// <returns>The check of the name, or null when there is no such key.</returns>
    public async Task<NameCheck?> RenameAsync(string tokenId, string? name, Actor actor, CancellationToken cancellationToken)
    {
        var check = NameCheck.Of(name, ApiToken.LongestName);
        if (await db.Set<ApiToken>().SingleOrDefaultAsync(row => row.Id == tokenId, cancellationToken) is not { } token)
            return null;
        if (check is not NameCheck.Good(var typed) || string.Equals(typed, token.Name, StringComparison.Ordinal))
            return check;

        activity.Add(actor, ActivityAction.TokenRenamed, token.Id, typed, token.TeammateId, detail: token.Name);
        token.Name = typed;
        await db.SaveChangesAsync(cancellationToken);
        return check;
    }

    /// <summary>Revokes a key for good. When this returns, no later request with it is accepted, in any process.</summary>
    /// <param name="tokenId">Id from outside.</param>
    /// <param name="actor">Who revokes it: a person, or the key itself.</param>
    /// <param name="cancellationToken">Stops before anything is stored.</param>
    /// <returns>True when it is revoked now or was before; false when there is no such key.</returns>
    public async Task<bool> RevokeAsync(string tokenId, Actor actor, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await db.Set<ApiToken>().SingleOrDefaultAsync(row => row.Id == tokenId, cancellationToken) is not { } token)
            return false;
        if (token.RevokedAt is not null)
            return true;

        await revoker.RevokeAsync([token], actor, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(CancellationToken.None);
        return true;
    }

    private Task<string?> ByNonceAsync(string nonce, CancellationToken cancellationToken) =>
        db.Set<ApiToken>().Where(token => token.FormNonce == nonce).Select(token => token.Id).SingleOrDefaultAsync(cancellationToken);

    private async Task<int> NextNumberAsync(string teammateId, CancellationToken cancellationToken) =>
        1 + (await db.Set<ApiToken>().Where(token => token.TeammateId == teammateId).MaxAsync(token => token.Number, cancellationToken) ?? 0);

    private void RememberProof(PlainToken plain, TokenRow row)
    {
        Span<byte> mac = stackalloc byte[32];
        proofs.Mac(plain.Reveal(), mac);
        proofs.Remember(row, mac);
    }
}
