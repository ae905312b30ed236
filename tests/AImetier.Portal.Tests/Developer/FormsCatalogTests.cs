using System.Net;
using AImetier.Portal.Features.Accounts;
using AImetier.Portal.Features.ApiTokens;
using AImetier.Portal.Tests.Host;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Shouldly;
using Xunit;

namespace AImetier.Portal.Tests.Developer;

/// <summary>The catalogue's "Forms" and what of "Reveal" needs no browser engine, on Settings &gt; Developer.</summary>
public sealed class FormsCatalogTests(PortalHost portal) : IClassFixture<PortalHost>
{
    private const string Tokens = "/settings/developer/tokens";

    [Fact]
    public async Task One_press_makes_a_key_that_is_shown_once_in_the_first_row()
    {
        var (browser, teammate, fields) = await OpenAsync("Booking form");
        using var answer = await browser.PostFormAsync(Tokens, fields);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
        var page = await browser.ReadPageAsync(answer);
        var shown = page.QuerySelectorAll("[data-testid=new-token]").Single();
        shown.TagName.ShouldBe("CODE");
        TokenFormat.IsWellFormed(shown.TextContent).ShouldBeTrue();
        page.QuerySelector("[data-testid=token-row]")!.Contains(shown).ShouldBeTrue();
        page.QuerySelectorAll("input").ShouldAllBe(input => !((IHtmlInputElement)input).Value.Contains("hclip_", StringComparison.Ordinal));
        answer.Headers.TryGetValues("Set-Cookie", out var cookies);
        (cookies ?? []).ShouldAllBe(cookie => !cookie.Contains(shown.TextContent, StringComparison.Ordinal));

        using var client = portal.Client();
        using var call = await client.CallAsync(shown.TextContent);
        call.StatusCode.ShouldBe(HttpStatusCode.OK);

        var list = await browser.GetPageAsync($"/settings/developer?teammate={teammate}");
        list.Source.Text.ShouldNotContain(TokenFormat.SecretOf(shown.TextContent).ToString());
        list.QuerySelector("[data-testid=token-mask]")!.TextContent.ShouldBe(TokenFormat.Mask(TokenFormat.IdOf(shown.TextContent).ToString()));
    }

    [Fact]
    public async Task A_second_submit_of_the_same_form_makes_no_second_key_and_shows_no_secret()
    {
        var (browser, teammate, fields) = await OpenAsync();
        (await browser.PostFormAsync(Tokens, fields)).Dispose();
        using var again = await browser.PostFormAsync(Tokens, fields);
        again.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        var list = await browser.GetPageAsync($"/settings/developer?teammate={teammate}");
        list.Body!.TextContent.ShouldContain("That key was already created");
        list.QuerySelectorAll("[data-testid=token-row]").Length.ShouldBe(1);
        list.QuerySelector("[data-testid=new-token]").ShouldBeNull();
    }

    [Fact]
    public async Task Two_submits_at_the_same_instant_make_one_key()
    {
        var (browser, teammate, fields) = await OpenAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => browser.PostFormAsync(Tokens, fields)));
        answers.Count(answer => answer.StatusCode == HttpStatusCode.OK).ShouldBe(1);
        foreach (var answer in answers)
            answer.Dispose();
        var list = await browser.GetPageAsync($"/settings/developer?teammate={teammate}");
        list.QuerySelectorAll("[data-testid=token-row]").Length.ShouldBe(1);
    }

    [Fact]
    public async Task The_address_of_the_form_opened_as_a_page_leads_to_the_list()
    {
        using var browser = await new PortalBrowser(portal).SignInAsync();
        using var answer = await browser.GetAsync(Tokens);
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        answer.Headers.Location!.ToString().ShouldStartWith("/settings/developer");
    }

    [Fact]
    public async Task Without_the_forms_own_token_nothing_is_made()
    {
        var (browser, teammate, fields) = await OpenAsync();
        using (var refused = await browser.PostWithoutTokenAsync(Tokens, fields))
            refused.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        using var other = await new PortalBrowser(portal).SignInAsync(await portal.AddPersonAsync(PersonRole.Admin));
        var foreign = (IHtmlInputElement)(await other.GetPageAsync("/settings/developer")).QuerySelector("input[name=__RequestVerificationToken]")!;
        using (var refused = await browser.PostWithoutTokenAsync(Tokens, new(fields) { ["__RequestVerificationToken"] = foreign.Value }))
            refused.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await browser.GetPageAsync($"/settings/developer?teammate={teammate}")).QuerySelector("[data-testid=token-row]").ShouldBeNull();
        using var twin = await browser.PostFormAsync(Tokens, fields);
        twin.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    public static TheoryData<string, string> GoodNames => new()
    {
        { "", "Key 1" },
        { "   ", "Key 1" },
        { new string('n', 64), new string('n', 64) },
        { "  CRM sync ", "CRM sync" },
        { "👨‍👩‍👧‍👦 family", "👨‍👩‍👧‍👦 family" },
        { string.Concat(Enumerable.Repeat("é", 64)), string.Concat(Enumerable.Repeat("é", 64)) },
        { "<script>alert(1)</script>", "<script>alert(1)</script>" },
        { "{{7*7}} ${7*7} @(7*7)", "{{7*7}} ${7*7} @(7*7)" },
        { "'; DROP TABLE ApiTokens; --", "'; DROP TABLE ApiTokens; --" },
        { "=HYPERLINK(1)", "=HYPERLINK(1)" },
    };

    [Theory]
    [MemberData(nameof(GoodNames))]
    public async Task A_name_that_fits_is_kept_and_shown_as_text(string typed, string shown)
    {
        var (browser, _, fields) = await OpenAsync(typed);
        using var answer = await browser.PostFormAsync(Tokens, fields);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        var page = await browser.ReadPageAsync(answer);
        page.QuerySelector(".keys .name")!.FirstChild!.TextContent.Trim().ShouldBe(shown);
        page.QuerySelectorAll("script:not([src])").ShouldBeEmpty();
    }

    public static TheoryData<string, string> BadNames => new()
    {
        { new string('n', 65), "at most 64 characters; this has 65" },
        { new string('n', 10_000), "at most 64 characters; this has 10000" },
        { "CRM\u202esync", "U+202E RIGHT-TO-LEFT OVERRIDE" },
        { "CRM\u2066sync", "U+2066 LEFT-TO-RIGHT ISOLATE" },
        { "CRM\u0007sync", "U+0007" },
        { "CRM\u200bsync", "U+200B ZERO WIDTH SPACE" },
        { "a" + new string('\u0301', 2_000), "at most 64 characters" },
    };

    [Theory]
    [MemberData(nameof(BadNames))]
    public async Task A_name_that_does_not_fit_is_refused_by_name_and_nothing_typed_is_lost(string typed, string sentence)
    {
        var (browser, teammate, fields) = await OpenAsync(typed);
        using var answer = await browser.PostFormAsync(Tokens, fields);
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var page = await browser.ReadPageAsync(answer);
        page.QuerySelector("#name-error")!.TextContent.ShouldContain(sentence);
        page.QuerySelector("[data-testid=token-name]")!.GetAttribute("aria-describedby").ShouldBe("name-error");
        ((IHtmlInputElement)page.QuerySelector("[data-testid=token-name]")!).Value.Length.ShouldBe(typed.Length);
        page.QuerySelector("[data-testid=token-row]").ShouldBeNull();
        (await browser.GetPageAsync($"/settings/developer?teammate={teammate}")).QuerySelector("[data-testid=token-row]").ShouldBeNull();
    }

    [Fact]
    public async Task Names_may_repeat_and_default_names_count_on_from_the_highest_ever_used()
    {
        var workspace = await portal.WorkspaceIdAsync();
        var teammate = await portal.HireAsync();
        var first = await portal.GenerateAsync(teammate);
        await portal.GenerateAsync(teammate, "Same");
        await portal.GenerateAsync(teammate, "Same");
        var second = await portal.GenerateAsync(teammate);
        await portal.RevokeAsync(second);
        var third = await portal.GenerateAsync(teammate);
        var names = new List<string>();
        foreach (var key in new[] { first, second, third })
            names.Add((await portal.WithTokensAsync(workspace, (tokens, _) => tokens.FindAsync(key.Id, CancellationToken.None)))!.Name);
        names.ShouldBe(["Key 1", "Key 2", "Key 3"]);
    }

    [Fact]
    public async Task A_teammate_of_another_workspace_or_none_gets_no_key()
    {
        var stranger = await portal.AddWorkspaceAsync();
        var foreign = await portal.HireAsync("Zoe", stranger.WorkspaceId);
        var (browser, _, fields) = await OpenAsync();
        foreach (var id in new[] { foreign, "tm_00000000000000000000", "", "'--" })
        {
            using var refused = await browser.PostFormAsync(Tokens, new(fields) { ["Teammate"] = id });
            refused.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        }

        using var twin = await browser.PostFormAsync(Tokens, fields);
        twin.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Extra_fields_change_nothing()
    {
        var (browser, _, fields) = await OpenAsync();
        using var answer = await browser.PostFormAsync(Tokens, new(fields) { ["RevokedAt"] = "2020-01-01", ["Hash"] = "x", ["WorkspaceId"] = "ws_x", ["Id"] = "AAAAAAAAAAAAAAAA" });
        var page = await browser.ReadPageAsync(answer);
        var key = page.QuerySelector("[data-testid=new-token]")!.TextContent;
        TokenFormat.IdOf(key).ToString().ShouldNotBe("AAAAAAAAAAAAAAAA");
        using var client = portal.Client();
        using var call = await client.CallAsync(key);
        call.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Another_workspaces_key_can_be_neither_seen_renamed_nor_revoked()
    {
        var stranger = await portal.AddWorkspaceAsync();
        var foreign = await portal.GenerateAsync(workspaceId: stranger.WorkspaceId);
        var (browser, _, _) = await OpenAsync();
        using (var seen = await browser.GetAsync($"{Tokens}/{foreign.Id}/revoke"))
            seen.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        using (var renamed = await browser.PostFormAsync($"{Tokens}/{foreign.Id}/rename", new() { ["Name"] = "Mine" }))
            renamed.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        using (var revoked = await browser.PostFormAsync($"{Tokens}/{foreign.Id}/revoke", []))
            revoked.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        using var client = portal.Client();
        using var call = await client.CallAsync(foreign.Text);
        call.StatusCode.ShouldBe(HttpStatusCode.OK);

        using var owner = await new PortalBrowser(portal).SignInAsync(stranger);
        await owner.GetPageAsync("/settings/developer");
        using var twin = await owner.PostFormAsync($"{Tokens}/{foreign.Id}/rename", new() { ["Name"] = "Mine" });
        twin.StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task A_rename_keeps_the_secret_and_a_bad_one_keeps_what_was_typed()
    {
        var key = await portal.GenerateAsync(name: "Old name");
        using var browser = await new PortalBrowser(portal).SignInAsync();
        await browser.GetPageAsync($"/settings/developer?teammate={key.TeammateId}");
        using (var renamed = await browser.PostFormAsync($"{Tokens}/{key.Id}/rename", new() { ["Name"] = "New name" }))
            renamed.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        using (var refused = await browser.PostFormAsync($"{Tokens}/{key.Id}/rename", new() { ["Name"] = "Bad\u202ename" }))
        {
            refused.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
            (await browser.ReadPageAsync(refused)).QuerySelector($"#rename-{key.Id}")!.TextContent.ShouldContain("U+202E");
        }

        (await browser.GetPageAsync($"/settings/developer?teammate={key.TeammateId}")).QuerySelector(".keys .name")!.TextContent.ShouldContain("New name");
        using var client = portal.Client();
        using var call = await client.CallAsync(key.Text);
        call.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_member_sees_neither_tile_nor_page_and_an_admin_sees_both()
    {
        using var member = await new PortalBrowser(portal).SignInAsync(await portal.AddPersonAsync(PersonRole.Member));
        (await member.GetPageAsync("/settings")).QuerySelector("[data-testid=settings-developer-tile]").ShouldBeNull();
        using (var page = await member.GetAsync("/settings/developer"))
            page.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        using (var post = await member.PostFormAsync(Tokens, []))
            post.StatusCode.ShouldBe(HttpStatusCode.Forbidden);

        using var admin = await new PortalBrowser(portal).SignInAsync(await portal.AddPersonAsync(PersonRole.Admin));
        (await admin.GetPageAsync("/settings")).QuerySelector("[data-testid=settings-developer-tile]").ShouldNotBeNull();
        (await admin.GetPageAsync("/settings/developer")).QuerySelector("[data-testid=teammate-picker], [data-testid=no-teammates]").ShouldNotBeNull();
    }

    [Fact]
    public async Task With_no_teammate_there_is_a_way_to_hire_one_and_no_Generate_button()
    {
        using var browser = await new PortalBrowser(portal).SignInAsync(await portal.AddWorkspaceAsync("Empty"));
        var page = await browser.GetPageAsync("/settings/developer");
        page.QuerySelector("[data-testid=no-teammates]").ShouldNotBeNull();
        page.QuerySelector("[data-testid=hire-teammate]").ShouldNotBeNull();
        page.QuerySelector("[data-testid=generate-token]").ShouldBeNull();
        page.QuerySelectorAll("h2").Select(heading => heading.TextContent.Trim()).ShouldBe(["API Tokens"]);
    }

    [Fact]
    public async Task A_revoked_key_stays_below_as_history_with_its_replacement()
    {
        var key = await portal.GenerateAsync(name: "Website");
        using var browser = await new PortalBrowser(portal).SignInAsync();
        var confirm = await browser.GetPageAsync($"{Tokens}/{key.Id}/revoke");
        confirm.Body!.TextContent.ShouldContain("Revoke “Website”?");
        confirm.QuerySelector("[type=password]").ShouldBeNull();
        using (var revoked = await browser.PostFormAsync($"{Tokens}/{key.Id}/revoke", []))
            revoked.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        var page = await browser.GetPageAsync($"/settings/developer?teammate={key.TeammateId}");
        var replace = page.QuerySelectorAll("form").Last(form => form.TextContent.Contains("Make a replacement", StringComparison.Ordinal));
        var fields = replace.QuerySelectorAll("input").Cast<IHtmlInputElement>().ToDictionary(input => input.Name!, input => input.Value, StringComparer.Ordinal);
        using var answer = await browser.PostWithoutTokenAsync(Tokens, fields);
        var replaced = await browser.ReadPageAsync(answer);
        replaced.QuerySelector("[data-testid=new-token]").ShouldNotBeNull();
        replaced.QuerySelector(".keys .name")!.TextContent.ShouldContain("Website");
    }

    [Theory]
    [InlineData("after=x")]
    [InlineData("after=999999999999999999999-AAAAAAAAAAAAAAAA")]
    [InlineData("after=-1-AAAAAAAAAAAAAAAA")]
    [InlineData("revoked=%00")]
    [InlineData("teammate=tm_nobody")]
    public async Task An_address_out_of_range_shows_the_first_page(string query)
    {
        await portal.HireAsync();
        using var browser = await new PortalBrowser(portal).SignInAsync();
        var page = await browser.GetPageAsync($"/settings/developer?{query}");
        page.QuerySelector("[data-testid=generate-token]").ShouldNotBeNull();
    }

    [Fact]
    public async Task Many_keys_are_paged_without_loss()
    {
        var teammate = await portal.HireAsync();
        var made = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < TokenPage.Size + 3; i++)
            made.Add((await portal.GenerateAsync(teammate)).Id);
        using var browser = await new PortalBrowser(portal).SignInAsync();
        var first = await browser.GetPageAsync($"/settings/developer?teammate={teammate}");
        var seen = Ids(first);
        seen.Count.ShouldBe(TokenPage.Size);
        var next = first.QuerySelector("a[href*='after=']")!.GetAttribute("href")!;
        seen.AddRange(Ids(await browser.GetPageAsync(next)));
        seen.Count.ShouldBe(made.Count);
        made.SetEquals(seen).ShouldBeTrue();
    }

    private static List<string> Ids(IDocument page) =>
        [.. page.QuerySelectorAll("[data-testid=token-row]").Select(row => row.GetAttribute("data-token-id")!)];

    private async Task<(PortalBrowser Browser, string Teammate, Dictionary<string, string> Fields)> OpenAsync(string name = "")
    {
        var teammate = await portal.HireAsync();
        var browser = await new PortalBrowser(portal).SignInAsync();
        var page = await browser.GetPageAsync($"/settings/developer?teammate={teammate}");
        var nonce = (IHtmlInputElement)page.QuerySelector("form.make input[name=Nonce]")!;
        return (browser, teammate, new(StringComparer.Ordinal) { ["Teammate"] = teammate, ["Name"] = name, ["Nonce"] = nonce.Value });
    }
}
