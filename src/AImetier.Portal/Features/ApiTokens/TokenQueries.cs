using System.Globalization;
using AImetier.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace AImetier.Portal.Features.ApiTokens;

/// <summary>Reads keys for lists, by keyset: a page costs the same however many keys there are.</summary>
internal static class TokenQueries
{
    private const int HoursOfADay = 24;

    public static async Task<TokenPage> PageAsync(
        PortalDbContext db, string teammateId, bool revoked, string? after, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var query = db.Set<ApiToken>().AsNoTracking().Where(token => token.TeammateId == teammateId);
        query = revoked ? query.Where(token => token.RevokedAt != null) : query.Where(token => token.RevokedAt == null);
        if (TryReadCursor(after, out var at, out var id))
        {
            query = revoked
                ? query.Where(token => token.RevokedAt < at || (token.RevokedAt == at && token.Id.CompareTo(id) < 0))
                : query.Where(token => token.CreatedAt < at || (token.CreatedAt == at && token.Id.CompareTo(id) < 0));
        }

        query = revoked
            ? query.OrderByDescending(token => token.RevokedAt).ThenByDescending(token => token.Id)
            : query.OrderByDescending(token => token.CreatedAt).ThenByDescending(token => token.Id);
        var rows = await query.Take(TokenPage.Size + 1).ToListAsync(cancellationToken);
        var page = rows.Take(TokenPage.Size).ToList();
        var calls = await CallsAsync(db, page, now, cancellationToken);
        var last = page.Count > 0 ? page[^1] : null;
        return new TokenPage(
            [.. page.Select(token => Summarize(token, calls.GetValueOrDefault(token.Id)))],
            rows.Count > TokenPage.Size ? Cursor(revoked ? last!.RevokedAt!.Value : last!.CreatedAt, last.Id) : null);
    }

    public static async Task<TokenSummary?> FindAsync(PortalDbContext db, string tokenId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await db.Set<ApiToken>().AsNoTracking().SingleOrDefaultAsync(token => token.Id == tokenId, cancellationToken) is not { } token)
            return null;
        var calls = await CallsAsync(db, [token], now, cancellationToken);
        return Summarize(token, calls.GetValueOrDefault(token.Id));
    }

    public static TokenSummary Summarize(ApiToken token, long calls = 0) => new(
        token.Id,
        token.TeammateId,
        token.Name,
        token.CreatedAt,
        token.CreatedById,
        token.CreatedByName,
        token.LastUsedAt,
        calls,
        token.RevokedAt,
        token.RevokedById,
        token.RevokedByName);

    private static async Task<Dictionary<string, long>> CallsAsync(PortalDbContext db, IEnumerable<ApiToken> tokens, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // Usage is kept by the hour: the current one and the 23 before it.
        var oldest = ApiTokenUsage.HourOf(now) - HoursOfADay + 1;
        var ids = tokens.Select(token => token.Id).ToList();
        return await db.Set<ApiTokenUsage>().Where(usage => ids.Contains(usage.TokenId) && usage.Hour >= oldest)
            .GroupBy(usage => usage.TokenId)
            .Select(group => new { group.Key, Calls = group.Sum(usage => usage.Calls) })
            .ToDictionaryAsync(row => row.Key, row => row.Calls, cancellationToken);
    }

    private static string Cursor(DateTimeOffset at, string id) => string.Create(CultureInfo.InvariantCulture, $"{at.UtcTicks}-{id}");

    // A cursor that does not fit means the first page: it only ever comes from a link on the page.
    private static bool TryReadCursor(string? text, out DateTimeOffset at, out string id)
    {
        at = default;
        id = "";
        if (text?.Split('-') is not [var ticksText, { Length: TokenFormat.IdLength } idText]
            || !long.TryParse(ticksText, NumberStyles.None, CultureInfo.InvariantCulture, out var ticks)
            || ticks > DateTimeOffset.MaxValue.UtcTicks)
        {
            return false;
        }

        at = new DateTimeOffset(ticks, TimeSpan.Zero);
        id = idText;
        return true;
    }
}
