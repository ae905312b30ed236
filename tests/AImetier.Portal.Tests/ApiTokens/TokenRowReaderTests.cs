using AImetier.Portal.Data;
using AImetier.Portal.Features.ApiTokens;
using AImetier.Portal.Tests.Host;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace AImetier.Portal.Tests.ApiTokens;

/// <summary>What is read for every call, beside what is in memory of the call before.</summary>
public sealed class TokenRowReaderTests(PortalHost portal) : IClassFixture<PortalHost>
{
    private TokenRowReader Rows => portal.Services.GetRequiredService<TokenRowReader>();

    private DatabaseConnection Database => portal.Services.GetRequiredService<DatabaseConnection>();

    [Theory]
    [InlineData("""UPDATE "ApiTokens" SET "Name" = 'Ligne n° 2' WHERE "Id" = $key""")]
    [InlineData("""UPDATE "ApiTokens" SET "Name" = 'Website' WHERE "Id" = $key""")]
    [InlineData("""UPDATE "ApiTokens" SET "Hash" = "Hash" || '=' WHERE "Id" = $key""")]
    [InlineData("""UPDATE "ApiTokens" SET "Hash" = NULL WHERE "Id" = $key""")]
    [InlineData("""UPDATE "ApiTokens" SET "RevokedAt" = 1 WHERE "Id" = $key""")]
    [InlineData("""UPDATE "ApiTokens" SET "LastUsedAt" = 1 WHERE "Id" = $key""")]
    [InlineData("""UPDATE "Teammates" SET "Name" = 'Zoé' WHERE "Id" = $teammate""")]
    [InlineData("""UPDATE "Teammates" SET "Name" = 'Mia' WHERE "Id" = $teammate""")]
    [InlineData("""UPDATE "Teammates" SET "RemovedAt" = 1 WHERE "Id" = $teammate""")]
    public async Task What_changed_is_read_anew_and_what_did_not_is_given_back(string change)
    {
        var key = await portal.GenerateAsync(await portal.HireAsync("Léa"), "Ligne n° 1");
        var before = Rows.Read(key.Id, known: null)!;
        Rows.Read(key.Id, before).ShouldBeSameAs(before);

        Execute(change, key);
        var after = Rows.Read(key.Id, before)!;
        after.ShouldNotBe(before);
        after.ShouldBe(Rows.Read(key.Id, known: null));
        Rows.Read(key.Id, after).ShouldBeSameAs(after);
    }

    [Fact]
    public async Task A_row_says_whose_key_it_is()
    {
        var key = await portal.GenerateAsync(await portal.HireAsync("Léa"), "Ligne n° 1");
        var row = Rows.Read(key.Id, known: null)!;
        row.Principal.ShouldBe(new TokenPrincipal(key.Id, "Ligne n° 1", key.TeammateId, "Léa", key.WorkspaceId));
        (row.Revoked, row.TeammateRemoved, row.Used).ShouldBe((false, false, false));
        Rows.Read(PlainToken.Generate().Id, known: null).ShouldBeNull();
    }

    [Fact]
    public async Task The_next_call_goes_by_the_names_that_key_and_teammate_have_now()
    {
        var key = await portal.GenerateAsync(await portal.HireAsync("Léa"), "Ligne n° 1");
        var verifier = portal.Services.GetRequiredService<TokenVerifier>();
        (await NamesAsync()).ShouldBe(("Ligne n° 1", "Léa"));
        Execute("""UPDATE "ApiTokens" SET "Name" = 'Été' WHERE "Id" = $key""", key);
        (await NamesAsync()).ShouldBe(("Été", "Léa"));
        Execute("""UPDATE "Teammates" SET "Name" = 'Zoé' WHERE "Id" = $teammate""", key);
        (await NamesAsync()).ShouldBe(("Été", "Zoé"));

        async Task<(string, string)> NamesAsync()
        {
            var check = (await verifier.VerifyAsync(key.Text, "192.0.2.8", CancellationToken.None)).ShouldBeOfType<TokenCheck.Accepted>();
            return (check.Principal.TokenName, check.Principal.TeammateName);
        }
    }

    [Fact]
    public async Task Two_calls_with_nothing_changed_between_them_share_what_was_read()
    {
        var key = await portal.GenerateAsync();
        var verifier = portal.Services.GetRequiredService<TokenVerifier>();
        var first = await verifier.VerifyAsync(key.Text, "192.0.2.8", CancellationToken.None);
        var second = await verifier.VerifyAsync(key.Text, "192.0.2.8", CancellationToken.None);
        second.ShouldBeOfType<TokenCheck.Accepted>().Principal.ShouldBeSameAs(first.ShouldBeOfType<TokenCheck.Accepted>().Principal);
    }

    [Fact]
    public async Task A_row_that_does_not_lie_where_it_lay_is_found_by_its_id()
    {
        var key = await portal.GenerateAsync();
        var other = await portal.GenerateAsync();
        var row = Rows.Read(key.Id, known: null)!;
        var (token, teammate) = row.Place.ShouldNotBeNull();
        var elsewhere = Rows.Read(other.Id, known: null)!.Place.ShouldNotBeNull();
        elsewhere.Token.ShouldNotBe(token);
        elsewhere.Teammate.ShouldNotBe(teammate);
        foreach (var place in new (long, long)?[] { elsewhere, (elsewhere.Token, teammate), (token, elsewhere.Teammate), (long.MaxValue, teammate), null })
            Rows.Read(key.Id, row with { Place = place }).ShouldBe(row);
    }

    [Fact]
    public async Task Another_keys_row_is_no_row_to_compare_with()
    {
        var key = await portal.GenerateAsync();
        var other = await portal.GenerateAsync(key.TeammateId);
        var row = Rows.Read(other.Id, known: null);
        Should.Throw<ArgumentException>(() => Rows.Read(key.Id, row));
        Rows.Read(other.Id, row).ShouldBeSameAs(row);
    }

    private void Execute(string sql, TestKey key)
    {
        using var connection = Database.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        if (sql.Contains("$key", StringComparison.Ordinal))
            command.Parameters.AddWithValue("$key", key.Id);
        else
            command.Parameters.AddWithValue("$teammate", key.TeammateId);
        command.ExecuteNonQuery().ShouldBe(1);
    }
}
