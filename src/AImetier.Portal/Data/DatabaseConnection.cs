using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using SQLitePCL;

namespace AImetier.Portal.Data;

/// <summary>Where the database is.</summary>
public sealed class DatabaseConnection
{
    private readonly string? _vfs;

    /// <summary>Reads the configured connection string, or points at <c>portal.db</c> in the data directory.</summary>
    public DatabaseConnection(IOptions<DatabaseOptions> options, DataDirectory directory)
    {
        var builder = new SqliteConnectionStringBuilder(options.Value.ConnectionString ?? $"Data Source={directory.PathOf("portal.db")}")
        {
            DefaultTimeout = 5,
            ForeignKeys = true,
        };
        ConnectionString = builder.ConnectionString;
        _vfs = builder.Vfs;
    }

    /// <summary>ADO.NET connection string.</summary>
    public string ConnectionString { get; }

    /// <summary>Opens a connection outside EF Core, with the same pragmas. The caller disposes it.</summary>
    public SqliteConnection Open()
    {
        var connection = new SqliteConnection(ConnectionString);
        connection.Open();
        SqlitePragmas.Apply(connection);
        return connection;
    }

    /// <summary>
    /// Opens a connection of SQLite's own, with the same pragmas, for code that cannot afford ADO.NET. It goes without SQLite's lock for threads
    /// (<see href="https://sqlite.org/threadsafe.html"/>, "multi-thread"): one thread at a time may use it and its statements. The caller disposes it.
    /// </summary>
    /// <exception cref="SqliteException">The file could not be opened.</exception>
    public sqlite3 OpenForOneThread()
    {
        using var connection = Open();
        var result = raw.sqlite3_open_v2(connection.DataSource, out var handle, raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_NOMUTEX, _vfs);
        try
        {
            SqliteException.ThrowExceptionForRC(result, handle);
            SqlitePragmas.Apply(handle);
            return handle;
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }
}
