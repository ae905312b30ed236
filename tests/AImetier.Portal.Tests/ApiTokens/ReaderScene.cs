using AImetier.Portal.Data;
using AImetier.Portal.Features.ApiTokens;
using AImetier.Portal.Tests.Host;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;
using Shouldly;

namespace AImetier.Portal.Tests.ApiTokens;

/// <summary>
/// Somebody who reads a key's row and somebody who commits, on a database file that nobody else has open: a checkpoint that is to start the
/// write-ahead log anew tells whether a reader's lock is in its way.
/// </summary>
internal sealed class ReaderScene : IDisposable
{
    private int _commits;

    public ReaderScene(DatabaseConnection database, TestKey key)
    {
        (Database, Key) = (database, key);
        Writer = database.Open();
        Rows = new TokenRowReader(database, Clock);
    }

    public DatabaseConnection Database { get; }

    public TestKey Key { get; }

    public SqliteConnection Writer { get; }

    public FakeTimeProvider Clock { get; } = new();

    public TokenRowReader Rows { get; }

    public void Dispose()
    {
        Rows.Dispose();
        Writer.Dispose();
    }

    /// <summary>
    /// Until the lock is kept: it sees a commit, falls asleep while nobody reads, and finds nothing new when they do. The log has something that a
    /// checkpoint could take over.
    /// </summary>
    public void Keep()
    {
        Clock.Advance(TimeSpan.FromHours(1));
        Commit();
        for (var i = 0; i < 2; i++)
        {
            Clock.Advance(TimeSpan.FromHours(1));
            Read(2 * KeptReadLock.Enough);
            Clock.Advance(KeptReadLock.Longest);
        }
    }

    public void Read(int times)
    {
        for (var i = 0; i < times; i++)
            Rows.Read(Key.Id, known: null).ShouldNotBeNull();
    }

    public void ReadFor(int milliseconds)
    {
        for (var passed = 0; passed < milliseconds; passed++)
        {
            Read(KeptReadLock.Enough);
            Clock.Advance(TimeSpan.FromMilliseconds(1));
        }
    }

    /// <summary>Something new: SQLite does not write what is there already.</summary>
    public void Commit() => Set("LastUsedAt", ++_commits);

    public void Set(string column, object value)
    {
        using var command = Writer.CreateCommand();
        command.CommandText = $"""UPDATE "ApiTokens" SET "{column}" = $value WHERE "Id" = $key""";
        command.Parameters.AddWithValue("$key", Key.Id);
        command.Parameters.AddWithValue("$value", value);
        command.ExecuteNonQuery().ShouldBe(1);
    }

    public void Execute(string sql)
    {
        using var command = Writer.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    public bool CheckpointIsKeptOutAfterCommit()
    {
        Commit();
        return CheckpointIsKeptOut();
    }

    /// <summary>A reader's lock is in its way only where the log has something to be taken over.</summary>
    public bool CheckpointIsKeptOut()
    {
        Execute("PRAGMA busy_timeout=0");
        return Checkpoint("RESTART").Busy;
    }

    /// <summary>As after every commit of a log that is long enough: it takes over what it can.</summary>
    public bool CheckpointIsPartial() => Checkpoint("PASSIVE").Partial;

    private (bool Busy, bool Partial) Checkpoint(string mode)
    {
        using var command = Writer.CreateCommand();
        command.CommandText = $"PRAGMA wal_checkpoint({mode})";
        using var result = command.ExecuteReader();
        result.Read().ShouldBeTrue();
        return (result.GetInt32(0) == 1, result.GetInt32(1) > result.GetInt32(2));
    }
}
