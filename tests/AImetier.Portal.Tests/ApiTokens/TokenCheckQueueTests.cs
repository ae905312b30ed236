using System.Collections.Concurrent;
using AImetier.Portal.Data;
using AImetier.Portal.Features.ApiTokens;
using AImetier.Portal.Security;
using AImetier.Portal.Tests.Host;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Shouldly;
using Xunit;

namespace AImetier.Portal.Tests.ApiTokens;

/// <summary>Checks that are made together.</summary>
public sealed class TokenCheckQueueTests(PortalHost portal) : IClassFixture<PortalHost>
{
    private const string Source = "192.0.2.7";
    private static readonly Task<TokenCheck> Nothing = Task.FromResult<TokenCheck>(new TokenCheck.Refused(RefusalReason.Unknown));

    private TokenRowReader Rows => portal.Services.GetRequiredService<TokenRowReader>();

    [Fact]
    public async Task Each_of_many_checks_at_once_gets_its_own_answer_and_some_are_made_together()
    {
        var first = await portal.GenerateAsync();
        var second = await portal.GenerateAsync(first.TeammateId);
        var revoked = await portal.GenerateAsync(first.TeammateId);
        (await portal.RevokeAsync(revoked)).ShouldBeTrue();
        var unknown = PlainToken.Generate().Reveal();
        var wrong = first.WithWrongSecret();
        (string Text, string Answer)[] cases =
            [(first.Text, first.Id), (second.Text, second.Id), (revoked.Text, nameof(RefusalReason.Revoked)), (unknown, nameof(RefusalReason.Unknown)), (wrong, nameof(RefusalReason.WrongSecret))];
        var verifier = portal.Services.GetRequiredService<TokenVerifier>();

        var together = 0;
        var wrongAnswers = new ConcurrentBag<string>();
        await Task.WhenAll(Enumerable.Range(0, 2_000).Select(i => Task.Run(async () =>
        {
            var (text, expected) = cases[i % cases.Length];
            var check = verifier.VerifyAsync(text, Source, CancellationToken.None);
            if (!check.IsCompleted)
                Interlocked.Increment(ref together);
            var answer = Describe(await check);
            if (answer != expected)
                wrongAnswers.Add($"{answer} for {expected}");
        })));

        wrongAnswers.ShouldBeEmpty();
        together.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task What_arrives_while_checks_are_being_made_sees_what_was_committed_before_it_came()
    {
        var key = await portal.GenerateAsync();
        var queue = new TokenCheckQueue(Rows.Now);
        Task<bool>? late = null;
        bool? early = null;
        await await queue.RunAsync(moment =>
        {
            moment.Read(key.Id, known: null)!.Revoked.ShouldBeFalse();
            Revoke(key);
            late = RevokedAsync(queue, key.Id);

            // The control: this moment is from before, so a check that came late may not share it.
            early = moment.Read(key.Id, known: null)!.Revoked;
            return Nothing;
        });

        early.ShouldBe(false);
        (await late!).ShouldBeTrue();
    }

    [Fact]
    public async Task What_arrives_while_the_moment_begins_gets_the_next_one()
    {
        var key = await portal.GenerateAsync();
        TokenCheckQueue? queue = null;
        Task<bool>? late = null;
        var first = true;
        queue = new TokenCheckQueue(() =>
        {
            var moment = Rows.Now();
            if (!first)
                return moment;
            first = false;
            Revoke(key);
            late = RevokedAsync(queue!, key.Id);
            return moment;
        });

        // The control: the first moment is from before the revocation.
        (await RevokedAsync(queue, key.Id)).ShouldBeFalse();
        (await late!).ShouldBeTrue();
    }

    [Fact]
    public async Task A_check_that_breaks_spoils_none_beside_it()
    {
        const int Checks = 2_000;
        var key = await portal.GenerateAsync();
        var moments = 0;
        var queue = new TokenCheckQueue(() =>
        {
            Interlocked.Increment(ref moments);
            return Rows.Now();
        });
        var outcomes = await Task.WhenAll(Enumerable.Range(0, Checks).Select(i => Task.Run(async () =>
        {
            if (i % 3 != 0)
                return (await RevokedAsync(queue, key.Id)).ToString();
            var broken = queue.RunAsync(_ => throw new InvalidOperationException("Broken on purpose."));
            return (await Should.ThrowAsync<InvalidOperationException>(broken)).Message;
        })));

        outcomes.GroupBy(outcome => outcome).ToDictionary(group => group.Key, group => group.Count(), StringComparer.Ordinal)
            .ShouldBe(new Dictionary<string, int>(StringComparer.Ordinal) { ["Broken on purpose."] = (Checks + 2) / 3, [bool.FalseString] = Checks - ((Checks + 2) / 3) }, ignoreOrder: true);
        moments.ShouldBeLessThan(Checks, "some shared a moment");
    }

    [Fact]
    public async Task However_many_wait_no_more_than_sixty_four_share_a_moment_and_all_are_made()
    {
        const int Checks = 5_000;
        portal.Client().Dispose();
        using var allWait = new ManualResetEventSlim();
        var queue = new TokenCheckQueue(() =>
        {
            allWait.Wait();
            return Rows.Now();
        });
        var moments = new ConcurrentDictionary<TokenRowReader.Moment, int>();
        var checks = Enumerable.Range(0, Checks).Select(_ => queue.RunAsync(moment =>
        {
            moments.AddOrUpdate(moment, 1, (_, made) => made + 1);
            return Nothing;
        })).ToList();
        allWait.Set();
        await Task.WhenAll(checks);

        moments.Values.Sum().ShouldBe(Checks);
        moments.Values.Max().ShouldBe(64);
    }

    [Fact]
    public async Task Every_check_says_so_when_the_database_cannot_be_read()
    {
        portal.Client().Dispose();
        var elsewhere = Path.Combine(portal.DataDirectory, "nowhere", "portal.db");
        var database = new DatabaseConnection(Options.Create(new DatabaseOptions { ConnectionString = $"Data Source={elsewhere}" }), portal.Services.GetRequiredService<DataDirectory>());
        using var rows = new TokenRowReader(database, TimeProvider.System);
        var queue = new TokenCheckQueue(rows.Now);
        var checks = Enumerable.Range(0, 3).Select(_ => queue.RunAsync(_ => Nothing)).ToList();
        foreach (var check in checks)
            await Should.ThrowAsync<SqliteException>(check);

        // Its twin: the same on a database that can be read.
        await await new TokenCheckQueue(Rows.Now).RunAsync(_ => Nothing);
    }

    [Fact]
    public async Task A_check_in_company_is_to_be_tried_again_when_the_database_is_kept_by_another()
    {
        var key = await portal.GenerateAsync();
        var database = portal.CopyDatabase();
        using var rows = new TokenRowReader(database, TimeProvider.System);
        var services = portal.Services;
        var verifier = new TokenVerifier(
            rows,
            services.GetRequiredService<VerifiedTokenCache>(),
            services.GetRequiredService<TokenProver>(),
            services.GetRequiredService<Argon2Hasher>(),
            services.GetRequiredService<TokenHashingGate>(),
            database);
        using (var other = database.Open())
        using (var keep = other.CreateCommand())
        {
            keep.CommandText = """PRAGMA locking_mode=EXCLUSIVE; UPDATE "ApiTokens" SET "LastUsedAt" = 1""";
            keep.ExecuteNonQuery();
            (await InCompanyAsync()).ShouldBeOfType<TokenCheck.Busy>().RetryAfter.ShouldBe(TimeSpan.FromSeconds(1));
        }

        (await InCompanyAsync()).ShouldBeOfType<TokenCheck.Accepted>();

        // Every thread is taken, and more work waits for one, until the check waits, too.
        async Task<TokenCheck> InCompanyAsync()
        {
            using var release = new ManualResetEventSlim();
            var others = Enumerable.Range(0, ThreadPool.ThreadCount + 64).Select(_ => Task.Run(release.Wait)).ToList();
            var check = verifier.VerifyAsync(key.Text, Source, CancellationToken.None).AsTask();
            check.IsCompleted.ShouldBeFalse();
            release.Set();
            await Task.WhenAll(others);
            return await check;
        }
    }

    private static async Task<bool> RevokedAsync(TokenCheckQueue queue, string id)
    {
        bool? revoked = null;
        await await queue.RunAsync(moment =>
        {
            revoked = moment.Read(id, known: null)!.Revoked;
            return Nothing;
        });
        return revoked!.Value;
    }

    private static string Describe(TokenCheck check) => check switch
    {
        TokenCheck.Accepted(var principal, _) => principal.TokenId,
        TokenCheck.Refused(var reason) => reason.ToString(),
        _ => check.GetType().Name,
    };

    // In the database alone and at once, as another process does it.
    private void Revoke(TestKey key)
    {
        using var connection = portal.Services.GetRequiredService<DatabaseConnection>().Open();
        using var command = connection.CreateCommand();
        command.CommandText = """UPDATE "ApiTokens" SET "RevokedAt" = 1, "Hash" = NULL WHERE "Id" = $id""";
        command.Parameters.AddWithValue("$id", key.Id);
        command.ExecuteNonQuery().ShouldBe(1);
    }
}
