using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AImetier.Portal.Features.Events;
using AImetier.Portal.Tests.Conversations;
using AImetier.Portal.Tests.Host;
using Shouldly;
using Xunit;

namespace AImetier.Portal.Tests.ApiTokens;

/// <summary>The events of a teammate as a stream that is resumed, and as a list.</summary>
public sealed class EventStreamTests(AskPortal portal) : IClassFixture<AskPortal>
{
    private const string Path = "/api/v1/teammates/me/events";

    [Fact]
    public async Task A_new_stream_starts_now_and_tells_what_happens_next()
    {
        var key = await portal.GenerateAsync();
        await portal.AnswerAsync(key, "Before");
        await using var stream = await StreamClient.OpenAsync(portal, key.Text, Path);
        var next = stream.NextAsync();
        var answer = await portal.AnswerAsync(key, "After", metadata: new { order = "7" });

        var told = (await portal.DoneAsync(next))!;
        told.Type.ShouldBe("message.completed");
        told.Id.ShouldStartWith("evt_");
        told.Data.GetProperty("type").GetString().ShouldBe("message.completed");
        told.Data.GetProperty("data").GetProperty("messageId").GetString().ShouldBe(answer.GetProperty("reply").GetProperty("id").GetString());
        told.Data.GetProperty("data").GetProperty("metadata").GetProperty("order").GetString().ShouldBe("7");
        told.Data.GetRawText().ShouldNotContain("After");
    }

    [Fact]
    public async Task A_resumed_stream_loses_and_repeats_nothing_also_over_a_restart()
    {
        var data = Directory.CreateTempSubdirectory("portal-events-").FullName;
        try
        {
            TestKey key;
            var seen = new List<string>();
            await using (var first = new AskPortal())
            {
                first.With("Portal:DataDirectory", data);
                key = await first.GenerateAsync();
                await using var stream = await StreamClient.OpenAsync(first, key.Text, Path);
                for (var number = 0; number < 3; number++)
                {
                    var next = stream.NextAsync();
                    await first.AnswerAsync(key, $"Question {number}");
                    seen.Add((await first.DoneAsync(next))!.Id!);
                }

                await first.AnswerAsync(key, "Unseen 1");
            }

            await using var second = new AskPortal();
            second.With("Portal:DataDirectory", data);
            await second.AnswerAsync(key, "Unseen 2");
            await using var resumed = await StreamClient.OpenAsync(second, key.Text, Path, null, ("Last-Event-ID", seen[^1]));
            for (var number = 0; number < 2; number++)
                seen.Add((await second.DoneAsync(resumed.NextAsync()))!.Id!);

            var all = (await second.EventsAsync(key.TeammateId)).Select(row => row.Id);
            seen.ShouldBe(all);
        }
        finally
        {
            Directory.Delete(data, recursive: true);
        }
    }

    [Fact]
    public async Task An_event_that_is_unknown_or_older_than_30_days_cannot_be_resumed_from()
    {
        var key = await portal.GenerateAsync();
        await portal.AnswerAsync(key, "Hello");
        var id = (await portal.EventsAsync(key.TeammateId)).Single().Id;
        await using (var good = await StreamClient.OpenAsync(portal, key.Text, Path, null, ("Last-Event-ID", id)))
            good.Answer.StatusCode.ShouldBe(HttpStatusCode.OK);

        var other = await portal.GenerateAsync();
        (await RefusalAsync(other, id)).ShouldBe("events_expired");
        (await RefusalAsync(key, "evt_00000000000000000000")).ShouldBe("events_expired");
        portal.Clock.Advance(EventReader.Kept + TimeSpan.FromSeconds(1));
        (await RefusalAsync(key, id)).ShouldBe("events_expired");
    }

    [Fact]
    public async Task A_stream_ends_with_its_key_and_another_keys_goes_on()
    {
        var key = await portal.GenerateAsync();
        var other = await portal.GenerateAsync(key.TeammateId);
        await using var stream = await StreamClient.OpenAsync(portal, key.Text, Path);
        await using var goesOn = await StreamClient.OpenAsync(portal, other.Text, Path);
        await portal.RevokeAsync(key);
        (await portal.DoneAsync(stream.NextAsync())).ShouldBeNull();
        (await portal.DoneAsync(goesOn.NextAsync()))!.Type.ShouldBe("token.revoked");
    }

    [Fact]
    public async Task What_people_cause_in_Chat_is_not_told()
    {
        var key = await portal.GenerateAsync();
        await using var stream = await StreamClient.OpenAsync(portal, key.Text, Path);
        await portal.AskAsPersonAsync(key.TeammateId, "Something private");
        var ours = await portal.AnswerAsync(key, "Hello");
        (await portal.DoneAsync(stream.NextAsync()))!.Data.GetProperty("data").GetProperty("conversationId").GetString()
            .ShouldBe(ours.GetProperty("conversationId").GetString());
    }

    [Fact]
    public async Task The_same_events_can_be_listed()
    {
        var key = await portal.GenerateAsync();
        for (var number = 0; number < 3; number++)
            await portal.AnswerAsync(key, $"Question {number}");
        using var client = portal.Client();
        using var request = new HttpRequestMessage(HttpMethod.Get, Path + "?order=asc");
        request.Headers.Authorization = new("Bearer", key.Text);
        request.Headers.Accept.ParseAdd("application/json");
        using var answer = await client.SendAsync(request);
        var list = await answer.Content.ReadFromJsonAsync<JsonElement>();
        list.GetProperty("data").EnumerateArray().Select(row => row.GetProperty("type").GetString())
            .ShouldBe(["token.created", "message.completed", "message.completed", "message.completed"]);
        list.GetProperty("data")[1].GetProperty("id").GetString().ShouldStartWith("evt_");
    }

    private async Task<string?> RefusalAsync(TestKey key, string id)
    {
        await using var stream = await StreamClient.OpenAsync(portal, key.Text, Path, null, ("Last-Event-ID", id));
        return (await stream.Answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString();
    }
}
