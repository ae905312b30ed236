using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace AImetier.Portal.Data;

/// <summary>Where the database is.</summary>
public sealed class DatabaseConnection
{
    /// <summary>Reads the configured connection string, or points at <c>portal.db</c> in the data directory.</summary>
    public DatabaseConnection(IOptions<DatabaseOptions> options, DataDirectory directory)
    {
        var builder = new SqliteConnectionStringBuilder(options.Value.ConnectionString ?? $"Data Source={directory.PathOf("portal.db")}")
        {
            DefaultTimeout = 5,
            ForeignKeys = true,
        };
        ConnectionString = builder.ConnectionString;
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
}
