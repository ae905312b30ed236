using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;
using SQLitePCL;

namespace AImetier.Portal.Data;

/// <summary>Sets and checks how SQLite keeps what was acknowledged: WAL, full synchronization, foreign keys, a 5 s busy timeout.</summary>
public sealed class SqlitePragmas : DbConnectionInterceptor
{
    /// <summary>Oldest SQLite accepted: 3.51.3 mends a race that could corrupt a WAL.</summary>
    public static readonly Version OldestVersion = new(3, 51, 3);

    private const string PerConnection = "PRAGMA busy_timeout=5000; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;";

    /// <inheritdoc/>
    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => Apply(connection);

    /// <inheritdoc/>
    public override async Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = PerConnection;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Sets the pragmas that SQLite keeps per connection. For connections opened outside EF Core.</summary>
    /// <param name="connection">An open connection.</param>
    public static void Apply(DbConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = PerConnection;
        command.ExecuteNonQuery();
    }

    /// <inheritdoc cref="Apply(DbConnection)"/>
    /// <param name="connection">An open connection of SQLite's own.</param>
    /// <exception cref="SqliteException">A pragma failed.</exception>
    public static void Apply(sqlite3 connection) => SqliteException.ThrowExceptionForRC(raw.sqlite3_exec(connection, PerConnection), connection);

    /// <summary>Switches the file to WAL and proves every setting.</summary>
    /// <param name="connection">An open connection on which <see cref="Apply(DbConnection)"/> has run.</param>
    /// <exception cref="PortalStartException">A setting did not take, or SQLite is too old.</exception>
    public static void Prove(SqliteConnection connection)
    {
        if (Version.Parse(connection.ServerVersion) < OldestVersion)
            throw new PortalStartException($"SQLite {connection.ServerVersion} is too old; at least {OldestVersion} is needed");

        Expect(connection, "PRAGMA journal_mode=WAL", "wal");
        Expect(connection, "PRAGMA synchronous", "2");
        Expect(connection, "PRAGMA foreign_keys", "1");
        Expect(connection, "PRAGMA busy_timeout", "5000");
    }

    private static void Expect(SqliteConnection connection, string pragma, string expected)
    {
        using var command = connection.CreateCommand();
        command.CommandText = pragma;
        var actual = Convert.ToString(command.ExecuteScalar(), System.Globalization.CultureInfo.InvariantCulture);
        if (!string.Equals(actual, expected, StringComparison.Ordinal))
            throw new PortalStartException($"Database: '{pragma}' is '{actual}', it must be '{expected}'");
    }
}
