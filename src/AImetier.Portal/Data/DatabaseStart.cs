using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace AImetier.Portal.Data;

/// <summary>Brings the database to this program's version before the first request.</summary>
/// <param name="scopes">Makes the scope of the context.</param>
/// <param name="directory">Where the database and the lock file are.</param>
public sealed class DatabaseStart(IServiceScopeFactory scopes, DataDirectory directory)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(2);

    /// <summary>Migrates under a lock that the operating system frees when its holder is killed, then proves the pragmas.</summary>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <exception cref="PortalStartException">The database is newer than the program, damaged, or cannot be opened.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PortalDbContext>();
        try
        {
            using var held = await LockAsync(cancellationToken);
            MakeFile(db);
            await RefuseNewerAsync(db, cancellationToken);
            await MigrateAsync(db, cancellationToken);
            await db.Database.OpenConnectionAsync(cancellationToken);
            SqlitePragmas.Prove((SqliteConnection)db.Database.GetDbConnection());
        }
        catch (SqliteException e)
        {
            throw new PortalStartException($"Database: cannot open '{db.Database.GetDbConnection().DataSource}' ({e.Message})");
        }
    }

    // The file exists with owner-only rights before SQLite opens it; -wal and -shm take over its rights.
    private static void MakeFile(PortalDbContext db)
    {
        var path = db.Database.GetDbConnection().DataSource;
        try
        {
            using var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite);
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(file.SafeFileHandle, OwnerOnly);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PortalStartException($"Database: cannot write '{path}' ({e.Message})");
        }
    }

    private static async Task RefuseNewerAsync(PortalDbContext db, CancellationToken cancellationToken)
    {
        var known = db.Database.GetMigrations().ToHashSet(StringComparer.Ordinal);
        var unknown = (await db.Database.GetAppliedMigrationsAsync(cancellationToken)).FirstOrDefault(name => !known.Contains(name));
        if (unknown is not null)
            throw new PortalStartException($"Database: it was made by a newer Portal (migration '{unknown}'); start that version, or restore a backup");
    }

    private static async Task MigrateAsync(PortalDbContext db, CancellationToken cancellationToken)
    {
        if (!(await db.Database.GetPendingMigrationsAsync(cancellationToken)).Any())
            return;

        // EF Core's own lock row outlives a kill and would be waited for without end. Ours is held here, so a row there is an orphan.
        await db.Database.ExecuteSqlRawAsync("DROP TABLE IF EXISTS \"__EFMigrationsLock\"", cancellationToken);
        await db.Database.MigrateAsync(cancellationToken);
    }

    private async Task<FileStream> LockAsync(CancellationToken cancellationToken)
    {
        var path = directory.PathOf("migrate.lock");
        var began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (TimeProvider.System.GetElapsedTime(began) < LongestWait)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, cancellationToken);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new PortalStartException($"Database: another process holds '{path}' ({e.Message})");
            }
        }
    }
}
