using System.Net;
using AImetier.Portal.Data;
using AImetier.Portal.Features.Accounts;
using AImetier.Portal.Features.Activity;
using AImetier.Portal.Features.Approvals;
using AImetier.Portal.Features.Connectors;
using AImetier.Portal.Features.Conversations;
using AImetier.Portal.Features.Teammates;
using AImetier.Portal.Tests.Host;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace AImetier.Portal.Tests.Conversations;

public sealed class ChatPageTests(AskPortal portal) : IClassFixture<AskPortal>
{
    [Fact]
    public async Task With_nobody_to_ask_the_page_says_what_to_do_first()
    {
        var owner = await portal.AddWorkspaceAsync("Empty");
        using var admin = await ChatBrowser.OpenAsync(portal, PersonRole.Admin, owner.WorkspaceId);
        using var member = await ChatBrowser.OpenAsync(portal, PersonRole.Member, owner.WorkspaceId);
        var page = await admin.ReadAsync("/chat");
        Shown(page, "no-teammates").ShouldNotBeNull();
        Shown(page, "hire-teammate")!.GetAttribute("href").ShouldBe("/teammates/hire");
        Shown(page, "chat-input").ShouldBeNull();
        Shown(await member.ReadAsync("/chat"), "hire-teammate").ShouldBeNull();

        await portal.HireAsync("Nora", owner.WorkspaceId);
        Shown(await member.ReadAsync("/chat"), "chat-input").ShouldNotBeNull();
    }

    [Fact]
    public async Task Without_script_a_question_is_answered_by_the_page_with_the_whole_answer()
    {
        var teammate = await portal.HireAsync("Nora");
        using var ann = await ChatBrowser.OpenAsync(portal);
        using var answer = await ann.Browser.PostFormAsync("/chat/messages", new() { ["Teammate"] = teammate, ["Text"] = "Draft a note\r\n<b>about</b> asparagus" });
        answer.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        var page = await ann.ReadAsync(answer.Headers.Location!.OriginalString);
        Shown(page, "chat-question")!.TextContent.ShouldBe("Draft a note\n<b>about</b> asparagus");
        var reply = Shown(page, "chat-reply")!;
        reply.GetAttribute("data-status").ShouldBe("Completed");
        reply.TextContent.ShouldContain("Nora here, Marketing.");
        reply.QuerySelectorAll("ol > li").ShouldNotBeEmpty();
        page.QuerySelector("h1")!.TextContent.ShouldBe("Draft a note");
        Shown(page, "practice-notice").ShouldNotBeNull();

        using var second = await ann.GoOnAsync(AddressOf(answer), "Shorter");
        second.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        (await ann.ReadAsync(AddressOf(answer))).QuerySelectorAll("[data-testid=chat-reply]").Length.ShouldBe(2);
    }

    [Fact]
    public async Task Without_script_the_page_comes_after_a_minute_also_when_the_answer_does_not()
    {
        using var ann = await ChatBrowser.OpenAsync(portal);
        var asking = ann.Browser.PostFormAsync("/chat/messages", new() { ["Teammate"] = await portal.HireAsync(), ["Text"] = "Wait [hold]" });
        await portal.Model.WaitUntilHeldAsync();
        using var answer = await portal.DoneAsync(asking, ahead: ChatMessagesController.LongestWait * 2);
        var page = await ann.ReadAsync(AddressOf(answer));
        Shown(page, "chat-reply")!.GetAttribute("data-status").ShouldBe("Working");
        page.QuerySelector("noscript")!.InnerHtml.ShouldContain("still working");
        portal.Model.LetGo();
        await portal.WhenIdleAsync();
        Shown(await ann.ReadAsync(AddressOf(answer)), "chat-reply")!.GetAttribute("data-status").ShouldBe("Completed");
    }

    [Theory]
    [InlineData(0, "Type what you need first.")]
    [InlineData(100_001, "this has 100001")]
    [InlineData(1_000_000, "Nothing is lost")]
    public async Task A_question_that_does_not_fit_is_refused_and_kept(int length, string why)
    {
        var teammate = await portal.HireAsync();
        using var ann = await ChatBrowser.OpenAsync(portal);
        var text = new string('x', length);
        using var refused = await ann.Browser.PostFormAsync("/chat/messages", new() { ["Teammate"] = teammate, ["Text"] = text });
        await ShouldKeepAsync(ann, refused, text, why);

        var address = await ann.AskAsync(teammate, new string('x', 100_000));
        using var again = await ann.GoOnAsync(address, text);
        await ShouldKeepAsync(ann, again, text, why);
        (await portal.MessagesAsync(teammate)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task While_one_question_is_worked_on_the_next_is_refused_and_kept()
    {
        using var ann = await ChatBrowser.OpenAsync(portal);
        var address = await ann.BeginAsync(await portal.HireAsync(), "First [hold]");
        await portal.Model.WaitUntilHeldAsync();
        var page = await ann.ReadAsync(address);
        Shown(page, "chat-stop").ShouldNotBeNull();
        Shown(page, "chat-send").ShouldBeNull();
        using var refused = await ann.GoOnAsync(address, "Second");
        refused.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        page = await ann.Browser.ReadPageAsync(refused);
        ((IHtmlTextAreaElement)Shown(page, "chat-input")!).Value.ShouldBe("Second");

        portal.Model.LetGo();
        await portal.WhenIdleAsync();
        using var taken = await ann.GoOnAsync(address, "Second");
        taken.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
    }

    [Fact]
    public async Task Stop_keeps_what_is_written_and_marks_it()
    {
        using var ann = await ChatBrowser.OpenAsync(portal);
        using var ben = await ChatBrowser.OpenAsync(portal);
        var address = await ann.BeginAsync(await portal.HireAsync(), "Wait [hold]");
        await portal.Model.WaitUntilHeldAsync();
        var reply = await ann.ReplyAsync(address);
        using var foreign = await ben.Browser.PostFormAsync(reply + "/stop", []);
        foreign.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        Shown(await ann.ReadAsync(address), "chat-stop").ShouldNotBeNull();

        using var stopped = await ann.Browser.PostFormAsync(reply + "/stop", []);
        stopped.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        var page = await ann.ReadAsync(address);
        Shown(page, "reply-stopped")!.TextContent.ShouldBe("Stopped");
        Shown(page, "chat-send").ShouldNotBeNull();
        Shown(page, "chat-retry").ShouldBeNull();
    }

    [Fact]
    public async Task A_failed_answer_says_what_happened_and_can_be_asked_for_again()
    {
        var teammate = await portal.HireAsync("Nora");
        using var ann = await ChatBrowser.OpenAsync(portal);
        var address = await ann.AskAsync(teammate, "Draft it [fail]");
        var page = await ann.ReadAsync(address);
        Shown(page, "reply-end")!.TextContent.ShouldContain("Your question is kept and nothing was sent.");
        Shown(page, "chat-retry").ShouldNotBeNull();

        using var again = await ann.Browser.PostFormAsync(await ann.ReplyAsync(address) + "/retry", []);
        again.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        (await portal.MessagesAsync(teammate)).Select(message => message.Status).ShouldBe([MessageStatus.Completed, MessageStatus.Failed]);

        // What is whole is not written again.
        using var whole = await ann.GoOnAsync(address, "Shorter");
        using var none = await ann.Browser.PostFormAsync(await ann.ReplyAsync(address) + "/retry", []);
        none.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        (await portal.MessagesAsync(teammate))[^1].Status.ShouldBe(MessageStatus.Completed);
        Shown(await ann.ReadAsync(address), "chat-retry").ShouldBeNull();
    }

    [Fact]
    public async Task People_see_their_own_conversations_and_admins_those_of_keys()
    {
        var key = await portal.GenerateAsync(name: "Booking form");
        using var ann = await ChatBrowser.OpenAsync(portal);
        using var ben = await ChatBrowser.OpenAsync(portal);
        using var admin = await ChatBrowser.OpenAsync(portal, PersonRole.Admin);
        using var stranger = await ChatBrowser.OpenAsync(portal, PersonRole.Owner, (await portal.AddWorkspaceAsync()).WorkspaceId);
        var anns = await ann.AskAsync(key.TeammateId, "Mine alone");
        var keys = "/chat/" + (await portal.AnswerAsync(key, "From outside")).GetProperty("conversationId").GetString();
        foreach (var (who, address, status) in new[]
        {
            (ann, anns, 200), (ben, anns, 404), (admin, anns, 404), (stranger, anns, 404),
            (ann, keys, 404), (ben, keys, 404), (admin, keys, 200), (stranger, keys, 404), (admin, "/chat/cv_unknown", 404),
        })
        {
            (await who.StatusAsync(address)).ShouldBe(status);
            var listed = (await who.ReadAsync("/chat")).QuerySelector($"[data-conversation-id={address[6..]}]") is not null;
            listed.ShouldBe(status == 200);
        }

        var page = await admin.ReadAsync(keys);
        Shown(page, "asked-by")!.TextContent.ShouldContain("Asked by the key “Booking form”, not by a person.");
        Shown(page, "chat-input").ShouldBeNull();
        Shown(page, "remove-conversation").ShouldBeNull();
        foreach (var act in new[] { "/messages", "/rename", "/remove", page.QuerySelectorAll(".turn")[^1].Id is { } reply ? $"/replies/{reply}/stop" : "" })
        {
            using var refused = await admin.Browser.PostFormAsync(keys + act, new() { ["Text"] = "Go on", ["title"] = "New" });
            refused.StatusCode.ShouldBe(HttpStatusCode.NotFound, act);
        }

        using var taken = await ann.GoOnAsync(anns, "Go on");
        taken.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
    }

    [Fact]
    public async Task A_conversation_is_renamed_within_the_rules_of_names()
    {
        using var ann = await ChatBrowser.OpenAsync(portal);
        using var ben = await ChatBrowser.OpenAsync(portal);
        var address = await ann.AskAsync(await portal.HireAsync(), "Hello");
        using var renamed = await ann.Browser.PostFormAsync(address + "/rename", new() { ["title"] = " Spring menu " });
        renamed.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await ann.ReadAsync(address)).QuerySelector("h1")!.TextContent.ShouldBe("Spring menu");
        foreach (var bad in new[] { "", new string('x', 81), "a\u202Eb" })
        {
            using var refused = await ann.Browser.PostFormAsync(address + "/rename", new() { ["title"] = bad });
            refused.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
            (await ann.Browser.ReadPageAsync(refused)).QuerySelector("#title-error")!.TextContent.ShouldNotBeEmpty();
        }

        using var foreign = await ben.Browser.PostFormAsync(address + "/rename", new() { ["title"] = "Mine" });
        foreign.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await ann.ReadAsync(address)).QuerySelector("h1")!.TextContent.ShouldBe("Spring menu");
    }

    [Fact]
    public async Task Renaming_and_removing_are_noted_with_whom_and_not_what_about_or_not_done_at_all()
    {
        using var admin = await ChatBrowser.OpenAsync(portal, PersonRole.Admin);
        using var hired = await admin.Browser.PostFormAsync("/teammates/hire", new() { ["Name"] = "Odile", ["Role"] = "Marketing", ["Instructions"] = "" });
        using var ann = await ChatBrowser.OpenAsync(portal);
        var address = await ann.AskAsync(AddressOf(hired).Split('/')[^1], "My own affair");
        await SqlAsync($"CREATE TRIGGER full BEFORE INSERT ON ActivityEntries WHEN NEW.ActorId = '{ann.Person.Id}' BEGIN SELECT RAISE(ABORT, 'full'); END");
        foreach (var act in new[] { "/rename", "/remove" })
        {
            using var broken = await ann.Browser.PostFormAsync(address + act, new() { ["title"] = "Lost" });
            broken.StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        }

        (await ann.ReadAsync(address)).QuerySelector("h1")!.TextContent.ShouldBe("My own affair");
        await SqlAsync("DROP TRIGGER full");
        using var renamed = await ann.Browser.PostFormAsync(address + "/rename", new() { ["title"] = "Another affair" });
        using var removed = await ann.Browser.PostFormAsync(address + "/remove", []);
        removed.StatusCode.ShouldBe(HttpStatusCode.Redirect);

        foreach (var (language, sentences) in new[]
        {
            ("en", new[] { "Removed a conversation", "Renamed a conversation" }),
            ("fr", ["Conversation supprimée", "Conversation renommée"]),
        })
        {
            admin.Browser.Client.DefaultRequestHeaders.AcceptLanguage.Clear();
            admin.Browser.Client.DefaultRequestHeaders.AcceptLanguage.ParseAdd(language);
            var log = await admin.ReadAsync($"/settings/security?kind=Conversations&who={ann.Person.Id}");
            var lines = log.QuerySelectorAll("[data-testid=activity] [data-action] td:first-child");
            lines.Select(line => line.FirstChild!.TextContent.Trim()).ShouldBe(sentences);
            lines.Select(line => line.QuerySelector("small")?.TextContent).ShouldAllBe(small => small!.EndsWith(" Odile"));
            log.Body!.TextContent.ShouldNotContain("affair");
        }
    }

    [Fact]
    public async Task Removing_stops_the_answer_and_takes_the_messages_but_not_what_waits()
    {
        var teammate = await portal.HireAsync();
        using var ann = await ChatBrowser.OpenAsync(portal);
        var address = await ann.AskAsync(teammate, "Write to Bob");
        var approval = await WantToSendAsync(teammate);
        using var going = await ann.Browser.PostFormAsync(address + "/rename", new() { ["title"] = "Bob" });
        ann.Browser.Client.DefaultRequestHeaders.Add(ChatMessagesController.FollowsHeader, "1");
        using var working = await ann.GoOnAsync(address, "And now [hold]");
        await portal.Model.WaitUntilHeldAsync();

        (await ann.ReadAsync(address + "/remove")).QuerySelector("[data-dialog-body]")!.TextContent.ShouldContain("it is stopped first");
        using var removed = await ann.Browser.PostFormAsync(address + "/remove", []);
        removed.Headers.Location!.OriginalString.ShouldBe("/chat");
        await portal.WhenIdleAsync();
        (await ann.StatusAsync(address)).ShouldBe(404);
        (await portal.MessagesAsync(teammate)).ShouldBeEmpty();
        (await StateAsync(approval)).ShouldBe(ApprovalState.Waiting);
    }

    [Fact]
    public async Task What_an_answer_wants_to_send_stands_below_it_with_its_state_now()
    {
        var teammate = await portal.HireAsync();
        using var ann = await ChatBrowser.OpenAsync(portal);
        var address = await ann.AskAsync(teammate, "Write to Bob");
        var page = await ann.ReadAsync(address);
        Shown(page, "approval-row").ShouldBeNull();
        page.QuerySelector("main [data-poll-url]")!.GetAttribute("data-poll-fragments").ShouldBe("");

        var approval = await WantToSendAsync(teammate);
        page = await ann.ReadAsync(address);
        var row = Shown(page, "approval-row")!;
        row.GetAttribute("data-approval-id").ShouldBe(approval);
        row.TextContent.ShouldContain("Waiting for an OK — nothing has been sent");
        row.TextContent.ShouldContain("bob@example.test");
        row.QuerySelector("a")!.GetAttribute("href").ShouldBe("/needs-attention/" + approval);
        var fragment = page.QuerySelector("main [data-poll-url]")!.GetAttribute("data-poll-fragments")!;
        page.GetElementById(fragment)!.Contains(row).ShouldBeTrue();

        var actor = new Actor(ann.Person.WorkspaceId, ActorKind.Person, "usr_test", "Test");
        await portal.InScopeAsync(services => services.GetRequiredService<ApprovalService>().DeclineAsync(approval, null, actor, CancellationToken.None), actor.WorkspaceId);
        Shown(await ann.ReadAsync(address), "approval-row")!.TextContent.ShouldContain("Declined — nothing was sent");
    }

    [Fact]
    public async Task With_a_paused_or_removed_teammate_a_conversation_can_be_read_only()
    {
        var teammate = await portal.HireAsync("Nora");
        using var ann = await ChatBrowser.OpenAsync(portal);
        var address = await ann.AskAsync(teammate, "Hello");
        Shown(await ann.ReadAsync(address), "chat-input").ShouldNotBeNull();
        foreach (var (change, words) in new (Action<Teammate>, string)[]
        {
            (row => row.Pause(portal.Clock.GetUtcNow()), "Nora is paused"), (row => row.Remove(portal.Clock.GetUtcNow()), "Nora was removed"),
        })
        {
            await ChangeAsync(teammate, change);
            var page = await ann.ReadAsync(address);
            Shown(page, "chat-closed")!.TextContent.ShouldContain(words);
            Shown(page, "chat-input").ShouldBeNull();
            Shown(page, "chat-reply").ShouldNotBeNull();
            using var refused = await ann.GoOnAsync(address, "Still there?");
            refused.StatusCode.ShouldBe(HttpStatusCode.Conflict);
            ((IHtmlTextAreaElement)Shown(await ann.Browser.ReadPageAsync(refused), "chat-input")!).Value.ShouldBe("Still there?");
        }
    }

    [Fact]
    public async Task Long_conversations_and_long_lists_come_in_pages()
    {
        var teammate = await portal.HireAsync();
        using var ann = await ChatBrowser.OpenAsync(portal);
        var address = await ann.AskAsync(teammate, "Question 1");
        for (var number = 2; number <= 18; number++)
            (await ann.GoOnAsync(address, $"Question {number}")).Dispose();
        var page = await ann.ReadAsync(address);
        Questions(page).ShouldBe(Enumerable.Range(4, 15).Select(number => $"Question {number}"));
        page = await ann.ReadAsync(Shown(page, "earlier-messages")!.GetAttribute("href")!);
        Questions(page).ShouldBe(["Question 1", "Question 2", "Question 3"]);
        Shown(page, "earlier-messages").ShouldBeNull();
        Shown(page, "chat-input").ShouldBeNull();

        for (var number = 2; number <= 23; number++)
            await ann.AskAsync(teammate, $"Conversation {number}");
        var first = await ann.ReadAsync("/chat");
        var second = await ann.ReadAsync(first.QuerySelector("a[rel=next]")!.GetAttribute("href")!);
        var titles = new[] { first, second }.SelectMany(list => list.QuerySelectorAll("[data-conversation-id] a")).Select(link => link.TextContent).ToList();
        titles.Count.ShouldBe(23);
        titles.ShouldBeUnique();
        second.QuerySelector("a[rel=next]").ShouldBeNull();
    }

    private static string AddressOf(HttpResponseMessage answer) => answer.Headers.Location!.OriginalString.Split('#')[0];

    private static IEnumerable<string> Questions(IDocument page) => page.QuerySelectorAll("[data-testid=chat-question]").Select(question => question.TextContent);

    private Task<int> SqlAsync(string sql) =>
        portal.InScopeAsync(services => services.GetRequiredService<PortalDbContext>().Database.ExecuteSqlRawAsync(sql));

    private static IElement? Shown(IDocument page, string hook) => page.QuerySelector($"[data-testid={hook}]");

    private static async Task ShouldKeepAsync(ChatBrowser who, HttpResponseMessage refused, string text, string why)
    {
        refused.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var page = await who.Browser.ReadPageAsync(refused);
        (((IHtmlTextAreaElement)Shown(page, "chat-input")!).Value == text).ShouldBeTrue();
        page.QuerySelector("#chat-error")!.TextContent.ShouldContain(why);
    }

    private async Task<string> WantToSendAsync(string teammate)
    {
        var reply = (await portal.MessagesAsync(teammate))[^1];
        return await portal.InScopeAsync(
            async services =>
            {
                var db = services.GetRequiredService<PortalDbContext>();
                await using var transaction = await db.Database.BeginTransactionAsync();
                var origin = new ApprovalOrigin(reply.WorkspaceId, teammate, reply.ConversationId, reply.Id, VisibleToKeys: false, reply.RequestedBy, "{}");
                var wanted = await services.GetRequiredService<ApprovalService>()
                    .RequestAsync([new EmailContent("bob@example.test", "Hello", "Hello Bob")], origin, CancellationToken.None);
                await db.SaveChangesAsync();
                await transaction.CommitAsync();
                return wanted.Single().Id;
            },
            reply.WorkspaceId);
    }

    private Task<ApprovalState> StateAsync(string approval) => portal.InScopeAsync(services => services.GetRequiredService<PortalDbContext>()
        .Set<Approval>().IgnoreQueryFilters().Where(row => row.Id == approval).Select(row => row.State).SingleAsync());

    private Task<int> ChangeAsync(string teammate, Action<Teammate> change) => portal.InScopeAsync(async services =>
    {
        var db = services.GetRequiredService<PortalDbContext>();
        change(await db.Set<Teammate>().IgnoreQueryFilters().SingleAsync(row => row.Id == teammate));
        return await db.SaveChangesAsync();
    });
}
