using System.Runtime.InteropServices;
using AImetier.Portal.Data;
using AImetier.Portal.Features.Activity;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace AImetier.Portal.Features.ApiTokens;

/// <summary>
/// Stamps the last use of keys. A first use is written before its answer; later ones are gathered and written in one transaction at most
/// every second and at shutdown, with the calls added to the hour's usage. A stamp never goes backwards.
/// </summary>
/// <param name="scopes">Makes the scope of a first use.</param>
/// <param name="database">Where gathered uses are written.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Says when writing failed; what was gathered is kept.</param>
public sealed partial class LastUsedStamper(IServiceScopeFactory scopes, DatabaseConnection database, TimeProvider time, ILogger<LastUsedStamper> logger)
    : BackgroundService
{
    private const int KeptHours = 31 * 24;
    private readonly Lock _lock = new();
    private readonly Lock _writing = new();
    private Dictionary<(string TokenId, int Hour), Use> _gathered = [];

    /// <summary>Notes a call of a key that was used before.</summary>
    /// <param name="principal">The key.</param>
    public void Stamp(TokenPrincipal principal)
    {
        var now = time.GetUtcNow();
        Gather(principal.TokenId, ApiTokenUsage.HourOf(now), new Use(1, now.UtcTicks));
    }

    /// <summary>Notes the first call of a key, and writes it before the answer.</summary>
    /// <param name="principal">The key.</param>
    public async Task StampFirstAsync(TokenPrincipal principal)
    {
        var now = time.GetUtcNow();
        try
        {
            await WriteFirstAsync(principal, now, CancellationToken.None);
        }
        catch (Exception e) when (e is DbUpdateException or System.Data.Common.DbException)
        {
            // A good key is not turned away because its stamp must wait.
            LogNotWritten(((e.InnerException ?? e) as SqliteException)?.SqliteErrorCode ?? 0);
        }
        finally
        {
            // Gathered last: the flush must not stamp the row before the first use has been told to the activity log.
            Gather(principal.TokenId, ApiTokenUsage.HourOf(now), new Use(1, now.UtcTicks));
        }
    }

    /// <summary>Writes what was gathered, in one transaction.</summary>
    /// <exception cref="SqliteException">The database did not take it; everything stays gathered.</exception>
    public void Flush()
    {
        lock (_writing)
        {
            Dictionary<(string TokenId, int Hour), Use> batch;
            lock (_lock)
            {
                if (_gathered.Count == 0)
                    return;
                batch = _gathered;
                _gathered = [];
            }

            try
            {
                Write(batch);
            }
            catch
            {
                foreach (var ((tokenId, hour), use) in batch)
                    Gather(tokenId, hour, use);
                throw;
            }
        }
    }

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        TryFlush();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                await Task.Delay(TimeSpan.FromSeconds(1), time, stoppingToken);
                TryFlush();
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping: StopAsync writes the rest.
        }
    }

    private void Gather(string tokenId, int hour, Use use)
    {
        lock (_lock)
        {
            ref var gathered = ref CollectionsMarshal.GetValueRefOrAddDefault(_gathered, (tokenId, hour), out _);
            gathered = new Use(gathered.Calls + use.Calls, Math.Max(gathered.LastTicks, use.LastTicks));
        }
    }

    private async Task WriteFirstAsync(TokenPrincipal principal, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentWorkspace>().Set(principal.WorkspaceId);
        var db = scope.ServiceProvider.GetRequiredService<PortalDbContext>();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var first = await db.Set<ApiToken>().Where(token => token.Id == principal.TokenId && token.LastUsedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(token => token.LastUsedAt, now), cancellationToken);
        if (first == 0)
            return;

        scope.ServiceProvider.GetRequiredService<ActivityLog>()
            .Add(principal.ToActor(), ActivityAction.TokenFirstUsed, principal.TokenId, principal.TokenName, principal.TeammateId);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private void TryFlush()
    {
        try
        {
            Flush();
        }
        catch (SqliteException e)
        {
            LogNotWritten(e.SqliteErrorCode);
        }
    }

    private void Write(Dictionary<(string TokenId, int Hour), Use> batch)
    {
        using var connection = database.Open();
        using var transaction = connection.BeginTransaction();
        using var stamp = Command(connection, transaction, """UPDATE "ApiTokens" SET "LastUsedAt" = $at WHERE "Id" = $id AND ("LastUsedAt" IS NULL OR "LastUsedAt" < $at)""", "$id", "$at");
        using var count = Command(
            connection,
            transaction,
            """
            INSERT INTO "ApiTokenUsage" ("TokenId", "Hour", "Calls") SELECT $id, $hour, $calls WHERE EXISTS (SELECT 1 FROM "ApiTokens" WHERE "Id" = $id)
            ON CONFLICT ("TokenId", "Hour") DO UPDATE SET "Calls" = "ApiTokenUsage"."Calls" + $calls
            """,
            "$id",
            "$hour",
            "$calls");
        foreach (var ((tokenId, hour), use) in batch)
        {
            Run(stamp, tokenId, use.LastTicks);
            Run(count, tokenId, hour, use.Calls);
        }

        using var forget = Command(connection, transaction, """DELETE FROM "ApiTokenUsage" WHERE "Hour" < $oldest""", "$oldest");
        Run(forget, ApiTokenUsage.HourOf(time.GetUtcNow()) - KeptHours);
        transaction.Commit();
    }

    private static SqliteCommand Command(SqliteConnection connection, SqliteTransaction transaction, string text, params string[] names)
    {
        var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = text;
        foreach (var name in names)
            command.Parameters.Add(new SqliteParameter { ParameterName = name });
        return command;
    }

    private static void Run(SqliteCommand command, params object[] values)
    {
        for (var i = 0; i < values.Length; i++)
            command.Parameters[i].Value = values[i];
        command.ExecuteNonQuery();
    }

    [LoggerMessage(EventName = "token.stamps_kept", Level = LogLevel.Warning, Message = "Last uses could not be written (SQLite {ErrorCode}); they are kept and tried again")]
    private partial void LogNotWritten(int errorCode);

    private readonly record struct Use(long Calls, long LastTicks);
}
