using AImetier.Portal.BrowserTests.Host;
using AImetier.Portal.BrowserTests.Pages;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace AImetier.Portal.BrowserTests;

/// <summary>Asking in Chat, as people do it.</summary>
public sealed class ChatTests : BrowserTest
{
    [Fact]
    public async Task A_question_is_answered_while_one_watches_and_Stop_keeps_what_is_there()
    {
        var page = await SignedInAsync();
        var chat = await OpenAsync(page, "Watch");
        await chat.Input.FillAsync("Draft a note [slow 5]");
        await chat.Input.PressAsync("Shift+Enter");
        await chat.Input.PressSequentiallyAsync("about asparagus");
        await chat.Input.PressAsync("Enter");
        await chat.ArriveAsync("/chat/cv_");
        await Expect(page.GetByTestId("chat-question")).ToHaveTextAsync("Draft a note [slow 5]\nabout asparagus");
        await Expect(chat.Reply).ToContainTextAsync("Practice answer");
        await Expect(chat.Reply).ToHaveAttributeAsync("aria-busy", "true");
        await Expect(chat.Input).ToBeFocusedAsync();
        await Expect(chat.Reply).ToHaveAttributeAsync("data-status", "Completed");
        await Expect(chat.Reply.Locator("ol li").First).ToBeVisibleAsync();
        await Expect(page.Locator("#chat-status")).ToHaveTextAsync("Watch has finished.");

        await chat.Input.FillAsync("Make it shorter [slow 60]");
        await chat.Send.ClickAsync();
        await Expect(chat.Input).ToBeEmptyAsync();
        await Expect(chat.Input).ToBeFocusedAsync();
        await Expect(chat.Send).ToHaveCountAsync(0);
        await page.ReloadAsync();
        await Expect(chat.Reply.Last).ToContainTextAsync("Practice");
        await chat.Stop.ClickAsync();
        await Expect(page.GetByTestId("reply-stopped")).ToHaveTextAsync("Stopped");
        await Expect(chat.Reply.Last).ToContainTextAsync("Practice");
        await Expect(chat.Send).ToBeVisibleAsync();
        await AccessibilityTests.ShouldSuitEverybodyAsync(page);
    }

    [Fact]
    public async Task Without_scripts_the_whole_answer_comes_with_the_page()
    {
        var page = await SignedInAsync(new BrowserNewContextOptions { JavaScriptEnabled = false });
        var chat = await OpenAsync(page, "Plain");
        await chat.Input.FillAsync("Draft a note");
        await chat.Send.ClickAsync();
        await chat.ArriveAsync("/chat/cv_");
        await Expect(chat.Reply).ToHaveAttributeAsync("data-status", "Completed");
        await chat.Input.FillAsync("Make it shorter [fail]");
        await chat.Send.ClickAsync();
        await Expect(page.GetByTestId("chat-retry")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Nothing_typed_is_lost_when_it_cannot_be_sent()
    {
        var page = await SignedInAsync();
        var chat = await OpenAsync(page, "Lost");
        await chat.Send.ClickAsync();
        await Expect(chat.Error).ToHaveTextAsync("Type what you need first.");
        await chat.Input.FillAsync(new string('x', 1_000_000));
        await chat.Send.ClickAsync();
        await Expect(chat.Error).ToContainTextAsync("this has 1000000");

        await chat.Input.FillAsync("Do it [fail]");
        await page.RouteAsync("**/chat/messages", route => route.AbortAsync());
        ExpectFailedRequest();
        await chat.Send.ClickAsync();
        await Expect(chat.Error).ToContainTextAsync("Your text is still here");
        await Expect(chat.Input).ToHaveValueAsync("Do it [fail]");
        await AccessibilityTests.ShouldSuitEverybodyAsync(page);

        await page.UnrouteAllAsync();
        await chat.Send.ClickAsync();
        await Expect(page.GetByTestId("reply-end")).ToContainTextAsync("Your question is kept");
        await AccessibilityTests.ShouldSuitEverybodyAsync(page);
        await page.GetByTestId("chat-retry").ClickAsync();
        await Expect(page.GetByTestId("chat-retry")).ToBeVisibleAsync();

        await page.GetByTestId("remove-conversation").ClickAsync();
        await page.GetByTestId("confirm-remove").ClickAsync();
        await chat.ArriveAsync("/chat$");
    }

    private async Task<ChatPage> OpenAsync(IPage page, string name)
    {
        var teammate = await new HirePage(page, Portal).HireAsync(name);
        return await new ChatPage(page, Portal).OpenAsync(teammate);
    }
}
