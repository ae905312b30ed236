using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace AImetier.Portal.Features.ApiTokens;

/// <summary>A connection with the prepared statements that read a key's row. For one thread at a time.</summary>
internal sealed class TokenRowLane : IDisposable
{
    private const string Facts =
        """
        SELECT t."Hash", (t."RevokedAt" IS NOT NULL) + 2 * (m."RemovedAt" IS NOT NULL) + 4 * (t."LastUsedAt" IS NOT NULL), t."Name", m."Name"
        """;

    private const string ById = Facts +
        """
        , t."TeammateId", t."WorkspaceId", t.rowid, m.rowid
        FROM "ApiTokens" AS t JOIN "Teammates" AS m ON m."Id" = t."TeammateId"
        WHERE t."Id" = ?1
        """;

    // The same rows without a search for ids: what has moved meets the same conditions no more and is not found.
    private const string ByPlace = Facts +
        """
         FROM "ApiTokens" AS t JOIN "Teammates" AS m ON m."Id" = t."TeammateId"
        WHERE t."Id" = ?1 AND t.rowid = ?2 AND m.rowid = ?3
        """;

    // Its first row is always there, and its second is never asked for.
    private const string Holder = "SELECT 1 FROM sqlite_schema";

    // Holds the pages of about a thousand keys in use, wherever they lie among many more (default: 2 MB, a quarter of that).
    private const string PageCache = "PRAGMA cache_size=-10240";

    private const int PrimaryCode = 0xFF;

    private readonly sqlite3 _connection;
    private readonly sqlite3_stmt _byId;
    private readonly sqlite3_stmt _byPlace;
    private readonly sqlite3_stmt _hold;

    /// <summary>Prepares the statements.</summary>
    /// <param name="connection">A connection for one thread, see <see cref="Data.DatabaseConnection.OpenForOneThread"/>; it is the lane's from then on.</param>
    /// <exception cref="SqliteException">The database did not answer.</exception>
    public TokenRowLane(sqlite3 connection)
    {
        _connection = connection;
        ThrowUnless(raw.SQLITE_OK, raw.sqlite3_exec(connection, PageCache));
        ThrowUnless(raw.SQLITE_OK, raw.sqlite3_prepare_v2(connection, ById, out _byId));
        ThrowUnless(raw.SQLITE_OK, raw.sqlite3_prepare_v2(connection, ByPlace, out _byPlace));
        ThrowUnless(raw.SQLITE_OK, raw.sqlite3_prepare_v2(connection, Holder, out _hold));
    }

    /// <summary>Whether the database has failed to answer. Such a lane is not used again.</summary>
    public bool Broken { get; private set; }

    /// <summary>Begins a read transaction that lasts until <see cref="Release"/>: a statement that has not come to its end keeps it open.</summary>
    public void Hold() => ThrowUnless(raw.SQLITE_ROW, raw.sqlite3_step(_hold));

    /// <summary>Ends it.</summary>
    public void Release() => raw.sqlite3_reset(_hold);

    /// <summary>A number that is another one when somebody else has committed since it was asked for here (SQLite: PRAGMA data_version).</summary>
    /// <exception cref="SqliteException">The database did not answer.</exception>
    public long Version()
    {
        ThrowUnless(raw.SQLITE_OK, raw.sqlite3_prepare_v2(_connection, "PRAGMA data_version", out var query));
        using (query)
        {
            ThrowUnless(raw.SQLITE_ROW, raw.sqlite3_step(query));
            return raw.sqlite3_column_int64(query, 0);
        }
    }

    /// <inheritdoc cref="TokenRowReader.Read"/>
    public TokenRow? Read(string tokenId, TokenRow? known)
    {
        if (known is not null && !string.Equals(known.Principal.TokenId, tokenId, StringComparison.Ordinal))
            throw new ArgumentException("The row is another key's.", nameof(known));

        if (known?.Place is { } place)
        {
            ThrowUnless(raw.SQLITE_OK, raw.sqlite3_bind_int64(_byPlace, 2, place.Token));
            ThrowUnless(raw.SQLITE_OK, raw.sqlite3_bind_int64(_byPlace, 3, place.Teammate));
            if (Find(_byPlace, tokenId, known) is { } found)
                return found;
        }

        return Find(_byId, tokenId, known: null);
    }

    private TokenRow? Find(sqlite3_stmt query, string tokenId, TokenRow? known)
    {
        Span<byte> id = stackalloc byte[TokenFormat.IdLength];
        Encoding.ASCII.GetBytes(tokenId, id);
        ThrowUnless(raw.SQLITE_OK, raw.sqlite3_bind_text(query, 1, id));
        try
        {
            var step = raw.sqlite3_step(query);
            if (step == raw.SQLITE_DONE)
                return null;
            ThrowUnless(raw.SQLITE_ROW, step);
            return known is null ? New(query, tokenId) : Changed(query, known);
        }
        finally
        {
            // Ends the read, so that the next one sees what was committed in between. It repeats the error of the step, if there was one.
            raw.sqlite3_reset(query);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _byId.Dispose();
        _byPlace.Dispose();
        _hold.Dispose();
        _connection.Dispose();
    }

    private static TokenRow New(sqlite3_stmt query, string tokenId)
    {
        var (revoked, removed, used) = Flags(query);
        return new TokenRow(Hash(query, null), revoked, removed, used, new TokenPrincipal(tokenId, Text(query, 2), Text(query, 4), Text(query, 3), Text(query, 5)))
        {
            Place = (raw.sqlite3_column_int64(query, 6), raw.sqlite3_column_int64(query, 7)),
        };
    }

    // A key's teammate and workspace never change; everything else is compared.
    private static TokenRow Changed(sqlite3_stmt query, TokenRow known)
    {
        var before = known.Principal;
        var hash = Hash(query, known.Hash);
        var flags = Flags(query);
        var name = Text(query, 2, before.TokenName);
        var teammate = Text(query, 3, before.TeammateName);
        var same = ReferenceEquals(hash, known.Hash) && flags == (known.Revoked, known.TeammateRemoved, known.Used)
            && ReferenceEquals(name, before.TokenName) && ReferenceEquals(teammate, before.TeammateName);
        return same ? known : known with
        {
            Hash = hash,
            Revoked = flags.Revoked,
            TeammateRemoved = flags.TeammateRemoved,
            Used = flags.Used,
            Principal = before with { TokenName = name, TeammateName = teammate },
        };
    }

    private static (bool Revoked, bool TeammateRemoved, bool Used) Flags(sqlite3_stmt query)
    {
        var flags = raw.sqlite3_column_int(query, 1);
        return ((flags & 1) != 0, (flags & 2) != 0, (flags & 4) != 0);
    }

    private static string? Hash(sqlite3_stmt query, string? known) => Text(query, 0, known) is { Length: > 0 } hash ? hash : null;

    private static string Text(sqlite3_stmt query, int column, string? known = null)
    {
        var utf8 = raw.sqlite3_column_blob(query, column);
        if (known is not null && Ascii.Equals(utf8, known))
            return known;
        var text = Encoding.UTF8.GetString(utf8);
        return known is not null && string.Equals(text, known, StringComparison.Ordinal) ? known : text;
    }

    private void ThrowUnless(int expected, int actual)
    {
        if (actual == expected)
            return;
        Broken = true;
        throw new SqliteException(raw.sqlite3_errmsg(_connection).utf8_to_string(), actual & PrimaryCode, actual);
    }
}
