using System.Net;
using AImetier.Portal.Features.Accounts;
using AImetier.Portal.Tests.Host;
using Shouldly;
using Xunit;

namespace AImetier.Portal.Tests.Conversations;

public sealed class ChatStreamTests(AskPortal portal) : IClassFixture<AskPortal>
{
    [Fact]
    public async Task An_answer_streams_in_and_a_second_tab_joins_it()
    {
        using var ann = await ChatBrowser.OpenAsync(portal);
        var address = await ann.BeginAsync(await portal.HireAsync("Nora"), "Draft a note [slow 6]");
        var reply = await ann.ReplyAsync(address);
        using var first = await ChatEvents.OpenAsync(ann, reply);
        var early = await portal.DoneAsync(first.NextAsync());
        early!.Type.ShouldBe("delta");

        using var second = await ChatEvents.OpenAsync(ann, reply);
        var joined = await portal.DoneAsync(second.NextAsync());
        joined!.Data.ShouldStartWith(early.Data[..20]);

        var events = await portal.DoneAsync(first.RestAsync());
        events.Count.ShouldBeGreaterThan(3);
        events[^1].Type.ShouldBe("done");
        events[^2].Data.Length.ShouldBeGreaterThan(early.Data.Length);
        (await portal.DoneAsync(second.RestAsync()))[^1].Type.ShouldBe("done");

        // Who comes after the end is told so.
        using var late = await ChatEvents.OpenAsync(ann, reply);
        (await late.NextAsync())!.Type.ShouldBe("done");
    }

    [Fact]
    public async Task The_stream_cannot_be_gathered_on_the_way()
    {
        using var ann = await ChatBrowser.OpenAsync(portal);
        var reply = await ann.ReplyAsync(await ann.AskAsync(await portal.HireAsync(), "Hello"));
        using var answer = await ann.Browser.GetAsync(reply + "/stream");
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        answer.Headers.GetValues("X-Accel-Buffering").ShouldBe(["no"]);
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
    }

    [Fact]
    public async Task A_stop_ends_the_stream()
    {
        using var ann = await ChatBrowser.OpenAsync(portal);
        var address = await ann.BeginAsync(await portal.HireAsync(), "Wait [hold]");
        await portal.Model.WaitUntilHeldAsync();
        var reply = await ann.ReplyAsync(address);
        using var stream = await ChatEvents.OpenAsync(ann, reply);
        using var stopped = await ann.Browser.PostFormAsync(reply + "/stop", []);
        (await portal.DoneAsync(stream.RestAsync())).Select(happened => happened.Type).ShouldBe(["done"]);
    }

    [Fact]
    public async Task A_reply_that_another_process_writes_is_followed_to_its_end()
    {
        using var other = new AskPortal();
        other.With("Portal:DataDirectory", portal.DataDirectory);
        using var ann = await ChatBrowser.OpenAsync(portal);
        var address = await ann.BeginAsync(await portal.HireAsync("Nora"), "Wait [hold]");
        await portal.Model.WaitUntilHeldAsync();

        using var elsewhere = new ChatBrowser(other, ann.Person, await new PortalBrowser(other).SignInAsync(ann.Person));
        var reply = await elsewhere.ReplyAsync(address);
        using var stream = await ChatEvents.OpenAsync(elsewhere, reply);
        var next = stream.NextAsync();
        await other.TrueAsync(() => Task.FromResult(stream.Comments >= 2), ahead: TimeSpan.FromSeconds(30));
        next.IsCompleted.ShouldBeFalse();

        portal.Model.LetGo();
        await portal.WhenIdleAsync();
        (await other.DoneAsync(next))!.Type.ShouldBe("done");
        (await elsewhere.ReadAsync(address)).QuerySelector("[data-testid=chat-reply]")!.TextContent.ShouldContain("Nora here");

        // And the page of one process stops what another works on.
        using var again = await ann.GoOnFollowingAsync(address, "Wait again [hold]");
        await portal.Model.WaitUntilHeldAsync();
        using var stopped = await elsewhere.Browser.PostFormAsync(await elsewhere.ReplyAsync(address) + "/stop", []);
        await portal.SoonAsync(portal.WhenIdleAsync());
        (await elsewhere.ReadAsync(address)).QuerySelectorAll("[data-testid=chat-reply]")[^1].GetAttribute("data-status").ShouldBe("Stopped");
    }

    [Fact]
    public async Task The_stream_ends_with_the_session_and_the_work_goes_on()
    {
        using var ann = await ChatBrowser.OpenAsync(portal);
        var address = await ann.BeginAsync(await portal.HireAsync(), "Wait [hold]");
        await portal.Model.WaitUntilHeldAsync();
        using var stream = await ChatEvents.OpenAsync(ann, await ann.ReplyAsync(address));
        using var signedOut = await ann.Browser.PostFormAsync("/account/sign-out", []);
        (await portal.DoneAsync(stream.RestAsync())).ShouldBeEmpty();

        portal.Model.LetGo();
        await portal.WhenIdleAsync();
        await ann.Browser.SignInAsync(ann.Person);
        (await ann.ReadAsync(address)).QuerySelector("[data-testid=chat-reply]")!.GetAttribute("data-status").ShouldBe("Completed");
    }

    [Fact]
    public async Task An_open_stream_keeps_nobody_signed_in()
    {
        using var ann = await ChatBrowser.OpenAsync(portal);
        var reply = await ann.ReplyAsync(await ann.AskAsync(await portal.HireAsync(), "Hello"));
        portal.Clock.Advance(TimeSpan.FromMinutes(40));
        using (var stream = await ChatEvents.OpenAsync(ann, reply))
            (await stream.NextAsync())!.Type.ShouldBe("done");
        portal.Clock.Advance(TimeSpan.FromMinutes(40));
        (await ann.StatusAsync("/chat")).ShouldBe((int)HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task Streams_of_others_do_not_exist()
    {
        using var ann = await ChatBrowser.OpenAsync(portal);
        using var admin = await ChatBrowser.OpenAsync(portal, PersonRole.Admin);
        var address = await ann.AskAsync(await portal.HireAsync(), "Hello");
        var reply = await ann.ReplyAsync(address);
        (await ann.StatusAsync(reply + "/stream")).ShouldBe(200);
        (await admin.StatusAsync(reply + "/stream")).ShouldBe(404);
        (await ann.StatusAsync(address + "/replies/msg_unknown/stream")).ShouldBe(404);
    }
}
