using AImetier.Portal.BrowserTests.Host;
using AImetier.Portal.BrowserTests.Pages;
using Microsoft.Playwright;
using Shouldly;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace AImetier.Portal.BrowserTests;

/// <summary>Reading what a teammate wants to send and deciding about it, as people do it.</summary>
public sealed class ApprovalTests : BrowserTest
{
    private const string Wish = "Send an e-mail to client@example.com about your order: The cake is ready on Friday.";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_was_asked_for_in_Chat_is_read_edited_and_approved(bool scripts)
    {
        var page = await SignedInAsync(new BrowserNewContextOptions { JavaScriptEnabled = scripts });
        await AskAsync(page, "Mia");
        if (scripts)
            await AccessibilityTests.ShouldSuitEverybodyAsync(page);
        await page.GetByTestId("approval-row").GetByRole(AriaRole.Link).ClickAsync();
        await Expect(page.GetByTestId("approve")).ToHaveTextAsync("Approve and save to the practice outbox");
        if (scripts)
            await AccessibilityTests.ShouldSuitEverybodyAsync(page);

        await page.GetByTestId("edit-approval").ClickAsync();
        await page.Locator("textarea[name=Body]").FillAsync("The cake is ready on Saturday.");
        await page.Locator("form:has(textarea[name=Body]) button.primary").ClickAsync();
        await Expect(page.Locator("main")).ToContainTextAsync("The cake is ready on Saturday.");
        await page.GetByTestId("approve").ClickAsync();

        // Without scripts a page stays as it was: it is read again until the sender is done.
        await page.GotoAsync(Portal.At("/needs-attention"));
        var began = TimeProvider.System.GetTimestamp();
        while (!(await page.Locator("main").InnerTextAsync()).Contains("It has not left.", StringComparison.Ordinal) && TimeProvider.System.GetElapsedTime(began) < PortalProcess.Patience)
            await page.ReloadAsync();
        await Expect(page.Locator("main")).ToContainTextAsync("It has not left.");
        await Expect(page.Locator("main")).ToContainTextAsync("Nothing needs you right now");
        var files = Directory.GetFiles(Portal.Outbox, "*.eml").Select(File.ReadAllText);
        files.ShouldContain(mail => mail.Contains("ready on Saturday", StringComparison.Ordinal));
        files.ShouldNotContain(mail => mail.Contains("ready on Friday", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_declined_with_a_word_is_over_and_its_card_in_Chat_says_so_by_itself()
    {
        var chat = await SignedInAsync();
        await chat.Clock.InstallAsync();
        await AskAsync(chat, "Nia");
        await Expect(chat.GetByTestId("approval-row")).ToContainTextAsync("Waiting for an OK");
        var page = await chat.Context.NewPageAsync();
        await page.GotoAsync(Portal.At("/needs-attention"));
        await Expect(page.GetByTestId("attention-count")).ToContainTextAsync("1");
        await AccessibilityTests.ShouldSuitEverybodyAsync(page);
        await page.GetByTestId("approval-row").GetByRole(AriaRole.Link).First.ClickAsync();
        await page.Locator("[name=Reason]").FillAsync("Call them instead.");
        await page.GetByTestId("decline").ClickAsync();
        await page.GotoAsync(Portal.At("/needs-attention"));
        await Expect(page.GetByTestId("approval-row")).ToHaveCountAsync(0);
        await page.Locator("main table a").First.ClickAsync();
        await Expect(page.Locator("main")).ToContainTextAsync("Call them instead.");
        await AccessibilityTests.ShouldSuitEverybodyAsync(page);

        await chat.Clock.FastForwardAsync("00:16");
        await Expect(chat.GetByTestId("approval-row")).ToContainTextAsync("Declined");
    }

    private async Task AskAsync(IPage page, string teammate)
    {
        var id = await new HirePage(page, Portal).HireAsync(teammate);
        await page.GotoAsync(Portal.At($"/chat?teammate={id}"));
        await page.GetByTestId("chat-input").FillAsync(Wish);
        await page.GetByTestId("chat-send").ClickAsync();
        await Expect(page.GetByTestId("approval-row")).ToContainTextAsync("client@example.com");
        await Expect(page.GetByTestId("attention-count")).ToBeVisibleAsync();
    }
}
