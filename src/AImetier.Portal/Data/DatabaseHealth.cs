using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace AImetier.Portal.Data;

/// <summary>Ready means that the database answers.</summary>
/// <param name="database">Where it is.</param>
public sealed class DatabaseHealth(DatabaseConnection database) : IHealthCheck
{
    /// <inheritdoc/>
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await using var connection = database.Open();
            await using var command = connection.CreateCommand();
            command.CommandText = "SELECT COUNT(*) FROM \"Workspaces\"";
            await command.ExecuteScalarAsync(cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (SqliteException)
        {
            return HealthCheckResult.Unhealthy();
        }
    }
}
