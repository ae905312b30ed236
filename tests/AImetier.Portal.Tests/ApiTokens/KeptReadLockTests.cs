using AImetier.Portal.Data;
using AImetier.Portal.Features.ApiTokens;
using AImetier.Portal.Tests.Host;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;
using Shouldly;
using Xunit;

namespace AImetier.Portal.Tests.ApiTokens;

/// <summary>
/// What is kept between reads that follow one another closely, and when it is let go. Each test has a database file of its own, a copy of a
/// Portal's, which nobody else reads: a checkpoint that is to start the write-ahead log anew tells whether a reader's lock is in its way.
/// </summary>
public sealed class KeptReadLockTests(PortalHost portal) : IClassFixture<PortalHost>
{
    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public async Task It_is_kept_while_reads_follow_one_another_with_a_pause_now_and_then()
    {
        var (database, key) = await CopyAsync();
        using var writer = database.Open();
        using var rows = new TokenRowReader(database, _clock);
        Keep(rows, writer, key);
        CheckpointIsKeptOut(writer, key).ShouldBeTrue();

        _clock.Advance(KeptReadLock.Longest);
        CheckpointIsKeptOut(writer, key).ShouldBeFalse();

        Keep(rows, writer, key);
        _clock.Advance(KeptReadLock.Longest);
        Read(rows, key, KeptReadLock.Enough);
        _clock.Advance(KeptReadLock.Pause);
        CheckpointIsKeptOut(writer, key).ShouldBeTrue();
    }

    [Fact]
    public async Task It_is_let_go_when_reads_become_rare_and_kept_again_when_they_come_back()
    {
        var (database, key) = await CopyAsync();
        using var writer = database.Open();
        using var rows = new TokenRowReader(database, _clock);
        Keep(rows, writer, key);
        Read(rows, key, KeptReadLock.Enough - 1);
        _clock.Advance(KeptReadLock.Longest);
        _clock.Advance(KeptReadLock.Pause);
        CheckpointIsKeptOut(writer, key).ShouldBeFalse();
        _clock.Advance(TimeSpan.FromHours(1));
        CheckpointIsKeptOut(writer, key).ShouldBeFalse();

        Keep(rows, writer, key);
        CheckpointIsKeptOut(writer, key).ShouldBeTrue();
    }

    [Fact]
    public async Task Checks_that_are_made_together_count_as_one_read()
    {
        var (database, key) = await CopyAsync();
        using var writer = database.Open();
        using var rows = new TokenRowReader(database, _clock);
        Read(rows, key, KeptReadLock.Enough);
        for (var i = 1; i < KeptReadLock.Enough; i++)
            ReadTogether();
        _clock.Advance(KeptReadLock.Calm);
        CheckpointIsKeptOut(writer, key).ShouldBeFalse();

        // Its twin: one more.
        Read(rows, key, KeptReadLock.Enough);
        for (var i = 1; i < KeptReadLock.Enough; i++)
            ReadTogether();
        ReadTogether();
        _clock.Advance(KeptReadLock.Calm);
        CheckpointIsKeptOut(writer, key).ShouldBeTrue();

        void ReadTogether()
        {
            using var moment = rows.Now();
            for (var i = 0; i < 3; i++)
                moment.Read(key.Id, known: null).ShouldNotBeNull();
        }
    }

    [Fact]
    public async Task Every_read_sees_what_was_committed_before_it_while_the_lock_is_kept()
    {
        var (database, key) = await CopyAsync();
        using var writer = database.Open();
        using var rows = new TokenRowReader(database, _clock);
        Keep(rows, writer, key);
        TokenRow? row = null;
        for (var i = 0; i < 500; i++)
        {
            Execute(writer, """UPDATE "ApiTokens" SET "Name" = $value WHERE "Id" = $key""", key, $"Name {i}");
            row = rows.Read(key.Id, row)!;
            row.Principal.TokenName.ShouldBe($"Name {i}");
        }

        Execute(writer, """UPDATE "ApiTokens" SET "RevokedAt" = $value WHERE "Id" = $key""", key, 1);
        rows.Read(key.Id, row)!.Revoked.ShouldBeTrue();
        CheckpointIsKeptOut(writer, key).ShouldBeTrue();
    }

    [Fact]
    public async Task It_is_in_the_way_of_no_commits_that_follow_one_another_closely()
    {
        var (database, key) = await CopyAsync();
        using var writer = database.Open();
        using var rows = new TokenRowReader(database, _clock);
        for (var i = 0; i < 500; i++)
        {
            CheckpointIsKeptOut(writer, key).ShouldBeFalse();
            Read(rows, key, 2 * KeptReadLock.Enough);
            _clock.Advance(TimeSpan.FromMilliseconds(1 + (i % 49)));
        }

        // Its twin: when they end.
        Keep(rows, writer, key);
        CheckpointIsKeptOut(writer, key).ShouldBeTrue();
    }

    [Fact]
    public async Task The_write_ahead_log_starts_anew_though_somebody_always_reads()
    {
        const int Commits = 200;
        const int Bytes = 100_000;
        const long Most = 40 * Bytes;
        var (database, key) = await CopyAsync();
        using var writer = database.Open();
        using var rows = new TokenRowReader(database, _clock);
        Execute(writer, """CREATE TABLE "Ballast" ("Text" BLOB)""");
        Execute(writer, $"""INSERT INTO "Ballast" VALUES (randomblob({Bytes}))""");
        Execute(writer, "PRAGMA wal_checkpoint(TRUNCATE)");
        var log = new FileInfo(writer.DataSource + "-wal");
        var keptOut = 0;
        for (var i = 0; i < Commits; i++)
        {
            // Farther apart than the calm that is waited for, at every phase of what is kept and let go.
            for (var passed = 0; passed < 60 + (i * 7 % 100); passed++)
            {
                Read(rows, key, KeptReadLock.Enough);
                _clock.Advance(TimeSpan.FromMilliseconds(1));
            }

            Execute(writer, $"""UPDATE "Ballast" SET "Text" = randomblob({Bytes})""");
            keptOut += CheckpointIsPartial(writer) ? 1 : 0;
        }

        keptOut.ShouldBeInRange(Commits / 4, Commits - 10, "it was kept at some commits and not at others");
        log.Refresh();
        log.Length.ShouldBeInRange(1, Most);

        // Its twin: a reader that does not end lets it grow by every commit.
        using (rows.Now())
        {
            for (var i = 0; i < Commits; i++)
                Execute(writer, $"""UPDATE "Ballast" SET "Text" = randomblob({Bytes})""");
        }

        log.Refresh();
        log.Length.ShouldBeGreaterThan(Commits * Bytes);
    }

    [Fact]
    public async Task It_ends_with_the_reader()
    {
        var (database, key) = await CopyAsync();
        using var writer = database.Open();
        using (var rows = new TokenRowReader(database, _clock))
        {
            Keep(rows, writer, key);
            CheckpointIsKeptOut(writer, key).ShouldBeTrue();
        }

        CheckpointIsKeptOut(writer, key).ShouldBeFalse();
        _clock.Advance(KeptReadLock.Longest);
        CheckpointIsKeptOut(writer, key).ShouldBeFalse();
    }

    [Fact]
    public async Task A_database_that_cannot_be_opened_is_tried_again_later()
    {
        var (database, key) = await CopyAsync();
        using var writer = database.Open();
        var tried = 0;
        using var kept = new KeptReadLock(
            () => ++tried == 1 ? throw new SqliteException("unable to open database file", 14) : new TokenRowLane(database.OpenForOneThread()), _clock);

        Note();
        tried.ShouldBe(1);
        _clock.Advance(KeptReadLock.Calm);
        CheckpointIsKeptOut(writer, key).ShouldBeFalse();
        tried.ShouldBe(1);

        Note();
        tried.ShouldBe(2);
        Note();
        _clock.Advance(KeptReadLock.Calm);
        CheckpointIsKeptOut(writer, key).ShouldBeTrue();

        void Note()
        {
            for (var i = 0; i < KeptReadLock.Enough; i++)
                kept.Note();
        }
    }

    // From the beginning: with nobody reading it falls asleep, and a commit keeps it away for a while.
    private void Keep(TokenRowReader rows, SqliteConnection writer, TestKey key)
    {
        _clock.Advance(TimeSpan.FromHours(1));
        Commit(writer, key);
        Read(rows, key, 2 * KeptReadLock.Enough);
        _clock.Advance(KeptReadLock.Calm);
    }

    private static void Commit(SqliteConnection writer, TestKey key) =>
        Execute(writer, """UPDATE "ApiTokens" SET "LastUsedAt" = coalesce("LastUsedAt", 0) + $value WHERE "Id" = $key""", key, 1);

    private static void Read(TokenRowReader rows, TestKey key, int times)
    {
        for (var i = 0; i < times; i++)
            rows.Read(key.Id, known: null).ShouldNotBeNull();
    }

    // Commits first, so that the log has something that a checkpoint could take over.
    private static bool CheckpointIsKeptOut(SqliteConnection writer, TestKey key)
    {
        Commit(writer, key);
        Execute(writer, "PRAGMA busy_timeout=0");
        using var command = writer.CreateCommand();
        command.CommandText = "PRAGMA wal_checkpoint(RESTART)";
        using var result = command.ExecuteReader();
        result.Read().ShouldBeTrue();
        return result.GetInt32(0) == 1;
    }

    // As after every commit of a log that is long enough: it takes over what it can.
    private static bool CheckpointIsPartial(SqliteConnection writer)
    {
        using var command = writer.CreateCommand();
        command.CommandText = "PRAGMA wal_checkpoint(PASSIVE)";
        using var result = command.ExecuteReader();
        result.Read().ShouldBeTrue();
        return result.GetInt32(1) > result.GetInt32(2);
    }

    private static void Execute(SqliteConnection writer, string sql, TestKey? key = null, object? value = null)
    {
        using var command = writer.CreateCommand();
        command.CommandText = sql;
        if (key is not null)
        {
            command.Parameters.AddWithValue("$key", key.Id);
            command.Parameters.AddWithValue("$value", value);
        }

        command.ExecuteNonQuery();
    }

    private async Task<(DatabaseConnection Database, TestKey Key)> CopyAsync()
    {
        var key = await portal.GenerateAsync();
        return (portal.CopyDatabase(), key);
    }
}
