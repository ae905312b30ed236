using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace AImetier.Portal.Data;

/// <summary>Tells a database that others are writing to from one that is broken.</summary>
public static class DatabaseBusy
{
    /// <summary>Whether a failure, or what caused it, is SQLite giving up the wait for a lock. Nothing was written then.</summary>
    /// <param name="failure">Any exception.</param>
    public static bool Is(Exception? failure) =>
        failure is SqliteException { SqliteErrorCode: raw.SQLITE_BUSY or raw.SQLITE_LOCKED } || (failure?.InnerException is { } cause && Is(cause));
}
