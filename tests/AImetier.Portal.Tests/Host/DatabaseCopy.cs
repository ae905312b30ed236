using AImetier.Portal.Data;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AImetier.Portal.Tests.Host;

/// <summary>Copies a Portal's database file, for tests in which nobody else may read or write.</summary>
public static class DatabaseCopy
{
    /// <summary>A copy as it is now, in the Portal's folder. No connection to it is open, and none stays open when it is closed.</summary>
    public static DatabaseConnection CopyDatabase(this PortalHost portal)
    {
        var path = Path.Combine(portal.DataDirectory, $"{EntityId.New("copy")}.db");
        using (var original = portal.Services.GetRequiredService<DatabaseConnection>().Open())
        using (var copy = original.CreateCommand())
        {
            copy.CommandText = "VACUUM INTO $path";
            copy.Parameters.AddWithValue("$path", path);
            copy.ExecuteNonQuery();
        }

        var options = new DatabaseOptions { ConnectionString = $"Data Source={path};Pooling=False" };
        var database = new DatabaseConnection(Options.Create(options), portal.Services.GetRequiredService<DataDirectory>());
        using var connection = database.Open();
        SqlitePragmas.Prove(connection);
        return database;
    }
}
