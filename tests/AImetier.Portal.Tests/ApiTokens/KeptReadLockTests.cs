using AImetier.Portal.Features.ApiTokens;
using AImetier.Portal.Tests.Host;
using Microsoft.Data.Sqlite;
using Shouldly;
using Xunit;

namespace AImetier.Portal.Tests.ApiTokens;

/// <summary>What is kept between reads that follow one another closely, and when it is let go.</summary>
public sealed class KeptReadLockTests(PortalHost portal) : IClassFixture<PortalHost>
{
    [Fact]
    public async Task It_is_kept_while_reads_follow_one_another_with_a_pause_now_and_then()
    {
        using var scene = await BeginAsync();
        scene.Keep();
        scene.CheckpointIsKeptOut().ShouldBeTrue();

        scene.Keep();
        scene.Read(KeptReadLock.Enough);
        scene.Clock.Advance(KeptReadLock.Longest);
        scene.CheckpointIsKeptOut().ShouldBeFalse();

        scene.Keep();
        scene.Read(KeptReadLock.Enough);
        scene.Clock.Advance(KeptReadLock.Longest);
        scene.Clock.Advance(KeptReadLock.Pause);
        scene.CheckpointIsKeptOut().ShouldBeTrue();
    }

    [Fact]
    public async Task It_is_let_go_when_reads_become_rare_and_kept_again_when_they_come_back()
    {
        using var scene = await BeginAsync();
        scene.Keep();
        scene.Read(KeptReadLock.Enough - 1);
        scene.Clock.Advance(KeptReadLock.Longest);
        scene.Clock.Advance(KeptReadLock.Pause);
        scene.CheckpointIsKeptOut().ShouldBeFalse();
        scene.Clock.Advance(TimeSpan.FromHours(1));
        scene.CheckpointIsKeptOutAfterCommit().ShouldBeFalse();

        scene.Keep();
        scene.CheckpointIsKeptOut().ShouldBeTrue();
    }

    [Fact]
    public async Task It_is_not_kept_for_reads_that_are_far_from_one_another()
    {
        using var scene = await BeginAsync();
        foreach (var later in new[] { TimeSpan.Zero, KeptReadLock.Longest })
        {
            scene.Commit();
            for (var i = 0; i < 2 * KeptReadLock.Enough; i++)
            {
                scene.Clock.Advance(TimeSpan.FromMilliseconds(100));
                scene.Read(1);
            }

            scene.Clock.Advance(later);
            scene.CheckpointIsKeptOut().ShouldBeFalse();
        }

        // Its twin: when they come closer.
        scene.Keep();
        scene.CheckpointIsKeptOut().ShouldBeTrue();
    }

    [Fact]
    public async Task Checks_that_are_made_together_count_as_one_read()
    {
        using var scene = await BeginAsync();
        scene.Keep();
        ReadTogether(KeptReadLock.Enough - 1);
        scene.Clock.Advance(KeptReadLock.Longest);
        scene.Clock.Advance(KeptReadLock.Pause);
        scene.CheckpointIsKeptOut().ShouldBeFalse();

        // Its twin: one more.
        scene.Keep();
        ReadTogether(KeptReadLock.Enough);
        scene.Clock.Advance(KeptReadLock.Longest);
        scene.Clock.Advance(KeptReadLock.Pause);
        scene.CheckpointIsKeptOut().ShouldBeTrue();

        void ReadTogether(int times)
        {
            for (var i = 0; i < times; i++)
            {
                using var moment = scene.Rows.Now();
                for (var j = 0; j < 3; j++)
                    moment.Read(scene.Key.Id, known: null).ShouldNotBeNull();
            }
        }
    }

    [Fact]
    public async Task Every_read_sees_what_was_committed_before_it_while_the_lock_is_kept()
    {
        using var scene = await BeginAsync();
        scene.Keep();
        TokenRow? row = null;
        for (var i = 0; i < 500; i++)
        {
            scene.Set("Name", $"Name {i}");
            row = scene.Rows.Read(scene.Key.Id, row)!;
            row.Principal.TokenName.ShouldBe($"Name {i}");
        }

        scene.Set("RevokedAt", 1);
        scene.Rows.Read(scene.Key.Id, row)!.Revoked.ShouldBeTrue();
        scene.CheckpointIsKeptOutAfterCommit().ShouldBeTrue();
    }

    [Fact]
    public async Task Of_commits_that_follow_one_another_closely_none_meets_it_once_a_look_has_seen_one()
    {
        using var scene = await BeginAsync();
        scene.Keep();
        scene.CheckpointIsKeptOutAfterCommit().ShouldBeTrue();

        scene.Read(KeptReadLock.Enough);
        scene.Clock.Advance(KeptReadLock.Longest);
        scene.Clock.Advance(KeptReadLock.Pause);
        for (var i = 0; i < 200; i++)
        {
            scene.CheckpointIsKeptOutAfterCommit().ShouldBeFalse();
            scene.ReadFor(milliseconds: 1 + (i * 7 % 49));
        }
    }

    // Farther apart than the calm that is waited for: at every phase of what is kept and let go, and always at the same.
    [Theory]
    [InlineData(60, 100)]
    [InlineData(62, 1)]
    public async Task The_write_ahead_log_starts_anew_though_somebody_always_reads(int least, int spread)
    {
        const int Commits = 200;
        const int Bytes = 100_000;

        // Of the commits five in six meet it, by chance: that a hundred do in a row happens less than once in a million runs.
        const long Most = Commits / 2 * Bytes;
        using var scene = await BeginAsync();
        scene.Execute("""CREATE TABLE "Ballast" ("Text" BLOB)""");
        scene.Execute($"""INSERT INTO "Ballast" VALUES (randomblob({Bytes}))""");
        scene.Execute("PRAGMA wal_checkpoint(TRUNCATE)");
        var log = new FileInfo(scene.Writer.DataSource + "-wal");
        var keptOut = 0;
        for (var i = 0; i < Commits; i++)
        {
            scene.ReadFor(milliseconds: least + (i * 7 % spread));
            scene.Execute($"""UPDATE "Ballast" SET "Text" = randomblob({Bytes})""");
            keptOut += scene.CheckpointIsPartial() ? 1 : 0;
        }

        keptOut.ShouldBeInRange(Commits / 4, Commits - 10, "it was kept at some commits and not at others");
        log.Refresh();
        log.Length.ShouldBeInRange(1, Most);

        // Its twin: a reader that does not end lets it grow by every commit.
        using (scene.Rows.Now())
        {
            for (var i = 0; i < Commits; i++)
                scene.Execute($"""UPDATE "Ballast" SET "Text" = randomblob({Bytes})""");
        }

        log.Refresh();
        log.Length.ShouldBeGreaterThan(Commits * Bytes);
    }

    [Fact]
    public async Task It_ends_with_the_reader()
    {
        using var scene = await BeginAsync();
        scene.Keep();
        scene.CheckpointIsKeptOutAfterCommit().ShouldBeTrue();

        scene.Rows.Dispose();
        scene.CheckpointIsKeptOutAfterCommit().ShouldBeFalse();
        scene.Clock.Advance(KeptReadLock.Longest);
        scene.CheckpointIsKeptOutAfterCommit().ShouldBeFalse();
    }

    [Fact]
    public async Task A_database_that_cannot_be_opened_is_tried_again_later()
    {
        using var scene = await BeginAsync();
        var tried = 0;
        using var kept = new KeptReadLock(
            () => ++tried == 1 ? throw new SqliteException("unable to open database file", 14) : new TokenRowLane(scene.Database.OpenForOneThread()), scene.Clock);

        Note();
        tried.ShouldBe(1);
        scene.Clock.Advance(TimeSpan.FromHours(1));
        tried.ShouldBe(1);

        // What it finds first is a commit that it has not seen.
        Note();
        tried.ShouldBe(2);
        scene.CheckpointIsKeptOutAfterCommit().ShouldBeFalse();
        scene.Clock.Advance(TimeSpan.FromHours(1));
        scene.Commit();
        Note();
        scene.Clock.Advance(TimeSpan.FromHours(1));
        Note();
        scene.CheckpointIsKeptOut().ShouldBeTrue();

        void Note()
        {
            for (var i = 0; i < 2 * KeptReadLock.Enough; i++)
                kept.Note();
            scene.Clock.Advance(KeptReadLock.Longest);
        }
    }

    private async Task<ReaderScene> BeginAsync()
    {
        var key = await portal.GenerateAsync();
        return new ReaderScene(portal.CopyDatabase(), key);
    }
}
