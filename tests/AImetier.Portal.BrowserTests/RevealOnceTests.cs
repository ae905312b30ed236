using System.Globalization;
using System.Security.Cryptography;
using AImetier.Portal.BrowserTests.Host;
using AImetier.Portal.BrowserTests.Pages;
using Microsoft.Playwright;
using Shouldly;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace AImetier.Portal.BrowserTests;

/// <summary>The full key is shown in one answer; no way back shows it again. The browser here keeps pages in memory to come back to, as a person's does.</summary>
public sealed class RevealOnceTests : BrowserTest
{
    // Every way once; PORTAL_REVEAL_ROUNDS makes it the long campaign.
    private static readonly int Rounds = int.TryParse(
        Environment.GetEnvironmentVariable("PORTAL_REVEAL_ROUNDS"), NumberStyles.None, CultureInfo.InvariantCulture, out var rounds) ? rounds : 1;

    private IBrowser _browser = null!;

    public static TheoryData<WayBack> Ways => [.. WayBack.All];

    [Fact]
    public async Task No_way_back_shows_the_key_again()
    {
        var context = await OpenAsync(browser: _browser);
        ExpectNoSecondSending();
        var keys = await OpenKeysOfNewTeammateAsync(await SignInAsync(context), "Once");
        var shown = new List<string>();
        var trials = 0;
        foreach (var way in Enumerable.Repeat(WayBack.All, Rounds).SelectMany(all => all))
        {
            var tab = await Tab.OpenAsync(context);
            var key = await (await new DeveloperPage(tab.Page, Portal).OpenAsync(keys.Teammate)).GenerateAsync();
            (await tab.HoldsAsync(key)).ShouldBeTrue("the answer that made the key shows it");

            var seen = await way.Go(tab);
            if (await seen.HoldsAsync(DeveloperPage.SecretOf(key)))
                shown.Add(way.Name);
            trials++;
            foreach (var page in context.Pages.Where(page => page != keys.Page).Append(seen.Page).ToList())
                await page.CloseAsync();
        }

        shown.ShouldBeEmpty();
        trials.ShouldBe(Rounds * WayBack.All.Count);
        trials.ShouldBeGreaterThanOrEqualTo(10);
    }

    [Theory]
    [MemberData(nameof(Ways), DisableDiscoveryEnumeration = true)]
    public async Task The_same_way_finds_a_secret_on_a_site_that_takes_no_care(WayBack way)
    {
        var secret = RandomNumberGenerator.GetHexString(43);
        await using var site = await ForgetfulSite.StartAsync(secret);
        var tab = await Tab.OpenAsync(await OpenAsync(browser: _browser), site.Other);
        await tab.GoAsync(site.Page);

        (await (await way.Go(tab)).HoldsAsync(secret)).ShouldBeTrue(way.Name);
    }

    [Fact]
    public async Task A_key_that_was_hidden_is_in_the_page_no_more()
    {
        var keys = await OpenKeysOfNewTeammateAsync(await SignedInAsync(), "Hidden");
        var key = await keys.GenerateAsync();
        var tab = await Tab.OfAsync(keys.Page);
        (await tab.HoldsAsync(DeveloperPage.SecretOf(key))).ShouldBeTrue();

        await keys.Hide.ClickAsync();

        await Expect(keys.NewToken).ToHaveCountAsync(0);
        await Expect(keys.ActiveRows).ToHaveCountAsync(1);
        (await tab.HoldsAsync(DeveloperPage.SecretOf(key))).ShouldBeFalse();
    }

    /// <inheritdoc/>
    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        _browser = await Chromium.WithBackForwardCacheAsync();
    }

    /// <inheritdoc/>
    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        await _browser.CloseAsync();
    }
}
