using System.Net;
using System.Text;
using AImetier.Portal.Data;
using AImetier.Portal.Features.Conversations;
using AImetier.Portal.Features.Teammates;
using AImetier.Portal.Tests.Host;
using AngleSharp.Html.Dom;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace AImetier.Portal.Tests.Conversations;

/// <summary>What can be wrong with the forms of Chat; what is too long or empty is in <see cref="ChatPageTests"/>.</summary>
public sealed class ChatFormTests(AskPortal portal) : IClassFixture<AskPortal>
{
    private const string Begin = "/chat/messages";
    private const string Token = "__RequestVerificationToken";

    private static readonly string[] Texts =
    [
        "<script>alert(1)</script><img src=x onerror=alert(1)>",
        "{{7*7}} ${7*7} @(7*7) <%= 7*7 %>",
        "'); DROP TABLE \"Messages\";--",
        "=HYPERLINK(\"http://example.com\",\"x\")",
        "👩‍👩‍👧‍👦 e\u0301\u0323 Ǆ \U0001F469\U0001F3FD",
        "a\u202Eb\u2066c\u200Bd",
        "bell \u0007 escape \u001B[31m",
        new string('x', 10_000),
    ];

    [Fact]
    public async Task Whatever_is_typed_is_asked_and_shown_as_the_text_it_is()
    {
        using var ann = await ChatBrowser.OpenAsync(portal);
        foreach (var text in Texts)
        {
            var teammate = await portal.HireAsync();
            var page = await ann.ReadAsync(await ann.AskAsync(teammate, text));
            (await portal.MessagesAsync(teammate))[0].Text.ShouldBe(text);
            page.QuerySelector("[data-testid=chat-question]")!.TextContent.ShouldBe(text);
            page.QuerySelectorAll("main script, main img").ShouldBeEmpty();
            page.QuerySelector("h1")!.TextContent.ShouldNotContain("\u202E");
        }
    }

    [Fact]
    public async Task What_is_no_text_is_refused()
    {
        using var ann = await ChatBrowser.OpenAsync(portal);
        var teammate = await portal.HireAsync();
        using var refused = await ann.Browser.PostFormAsync(Begin, new() { ["Teammate"] = teammate, ["Text"] = "a\0b" });
        refused.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await portal.MessagesAsync(teammate)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Without_the_page_s_own_token_nothing_is_asked()
    {
        using var ann = await ChatBrowser.OpenAsync(portal);
        using var ben = await ChatBrowser.OpenAsync(portal);
        var teammate = await portal.HireAsync();
        var tokens = new[] { await TokenAsync(ben), "", null, await TokenAsync(ann) };
        foreach (var token in tokens)
        {
            var fields = new Dictionary<string, string>(StringComparer.Ordinal) { ["Teammate"] = teammate, ["Text"] = "Hello" };
            if (token is not null)
                fields[Token] = token;
            using var answer = await ann.Browser.PostWithoutTokenAsync(Begin, fields);
            answer.StatusCode.ShouldBe(token == tokens[^1] ? HttpStatusCode.SeeOther : HttpStatusCode.BadRequest);
        }

        (await portal.MessagesAsync(teammate)).Count.ShouldBe(2);
    }

    [Theory]
    [InlineData("application/json", "{\"Text\":\"Hello\"}")]
    [InlineData("text/plain", "Text=Hello")]
    public async Task Only_forms_are_read(string type, string body)
    {
        using var ann = await ChatBrowser.OpenAsync(portal);
        var address = await ann.AskAsync(await portal.HireAsync(), "Hello");
        using var content = new StringContent(body, Encoding.UTF8, type);
        using var refused = await ann.Browser.Client.PostAsync(new Uri(address + "/messages", UriKind.Relative), content);
        refused.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await ann.ReadAsync(address)).QuerySelectorAll("[data-testid=chat-question]").Length.ShouldBe(1);
    }

    [Fact]
    public async Task Who_is_not_there_is_not_asked_and_nothing_typed_is_lost()
    {
        using var ann = await ChatBrowser.OpenAsync(portal);
        var foreign = await portal.HireAsync("Foreign", (await portal.AddWorkspaceAsync()).WorkspaceId);
        var removed = await portal.HireAsync("Gone");
        await portal.InScopeAsync(async services =>
        {
            var db = services.GetRequiredService<PortalDbContext>();
            (await db.Set<Teammate>().IgnoreQueryFilters().SingleAsync(row => row.Id == removed)).Remove(portal.Clock.GetUtcNow());
            return await db.SaveChangesAsync();
        });
        await portal.HireAsync("There");
        foreach (var teammate in new[] { foreign, removed, "tm_00000000000000000000", "", "x' OR 1=1" })
        {
            using var refused = await ann.Browser.PostFormAsync(Begin, new() { ["Teammate"] = teammate, ["Text"] = "Are you there?" });
            ((int)refused.StatusCode).ShouldBeInRange(400, 409, teammate);
            var page = await ann.Browser.ReadPageAsync(refused);
            ((IHtmlTextAreaElement)page.QuerySelector("[data-testid=chat-input]")!).Value.ShouldBe("Are you there?");
            page.QuerySelector("#chat-error")!.TextContent.Trim().ShouldNotBeEmpty();
            (await ann.StatusAsync($"/chat?teammate={Uri.EscapeDataString(teammate)}")).ShouldBe(200);
        }

        (await portal.MessagesAsync(foreign)).Concat(await portal.MessagesAsync(removed)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Fields_that_the_form_does_not_have_change_nothing()
    {
        using var ann = await ChatBrowser.OpenAsync(portal);
        var teammate = await portal.HireAsync();
        var stranger = await portal.AddWorkspaceAsync();
        using var answer = await ann.Browser.PostFormAsync(Begin, new()
        {
            ["Teammate"] = teammate,
            ["Text"] = "Hello",
            ["WorkspaceId"] = stranger.WorkspaceId,
            ["Source"] = "Api",
            ["VisibleToKeys"] = "true",
            ["StartedById"] = stranger.Id,
            ["StartedByTokenId"] = "0000000000000000",
            ["Id"] = "cv_mine",
            ["Status"] = "Working",
            ["Model"] = "bakery-1",
        });
        answer.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        var row = await portal.InScopeAsync(services => services.GetRequiredService<PortalDbContext>()
            .Set<Conversation>().IgnoreQueryFilters().SingleAsync(one => one.TeammateId == teammate));
        (row.WorkspaceId, row.Source, row.StartedById, row.StartedByTokenId).ShouldBe((ann.Person.WorkspaceId, ConversationSource.Chat, ann.Person.Id, null));
        row.Id.ShouldNotBe("cv_mine");
        (await portal.MessagesAsync(teammate)).ShouldAllBe(message => message.Status == MessageStatus.Completed && message.Model != "bakery-1");
    }

    [Fact]
    public async Task A_place_in_a_list_that_does_not_exist_is_a_page_all_the_same()
    {
        using var ann = await ChatBrowser.OpenAsync(portal);
        var address = await ann.AskAsync(await portal.HireAsync(), "Hello");
        foreach (var query in new[] { "before=-1", "before=0", "before=2147483647", "before=99999999999999999999", "before=x", "before=" })
            (await ann.StatusAsync($"{address}?{query}")).ShouldBe(200, query);
        foreach (var query in new[] { "after=x", "after=", "after=999999999999999999999", "after=%00" })
            (await ann.StatusAsync($"/chat?{query}")).ShouldBe(200, query);
    }

    private static async Task<string> TokenAsync(ChatBrowser who) =>
        ((IHtmlInputElement)(await who.ReadAsync("/account/profile")).QuerySelector($"input[name={Token}]")!).Value;
}
