using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AImetier.Portal.Data;
using AImetier.Portal.Features.ChatModels;
using AImetier.Portal.Features.Conversations;
using AImetier.Portal.Tests.Host;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace AImetier.Portal.Tests.ChatModels;

/// <summary>The whole Portal with a live model.</summary>
public sealed class LivePortalTests : IAsyncLifetime
{
    private ModelServer _server = null!;
    private PortalHost _portal = null!;

    public async Task InitializeAsync()
    {
        _server = await ModelServer.StartAsync();
        _portal = new PortalHost().With("Model:Endpoint", _server.Endpoint).With("Model:ApiKey", "sk-made-for-this-test").With("Model:Name", "bakery-1");
    }

    public async Task DisposeAsync()
    {
        await _portal.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task A_live_model_answers_under_its_name_and_nothing_is_called_practice()
    {
        var key = await _portal.GenerateAsync();
        using (var answer = await AskAsync(key))
        {
            var reply = (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>()).GetProperty("reply");
            reply.GetProperty("text").GetString().ShouldBe("Hello");
            reply.GetProperty("model").GetString().ShouldBe("bakery-1");
        }

        ModelServer.Roles(_server.Requests.ShouldHaveSingleItem().Body).ShouldBe(["system", "user"]);
        using var client = _portal.Client();
        using var me = await client.CallAsync(key.Text);
        (await me.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("model").GetString().ShouldBe("live");

        using var browser = await new PortalBrowser(_portal).SignInAsync();
        foreach (var page in (string[])[$"/teammates/{key.TeammateId}", "/settings/developer"])
        {
            using var shown = await browser.GetAsync(page);
            // The practice outbox is there all the same, while no mail server is connected.
            (await shown.EnsureSuccessStatusCode().Content.ReadAsStringAsync()).Replace("practice outbox", "", StringComparison.Ordinal).ShouldNotContain("practice", Case.Insensitive);
        }
    }

    [Fact]
    public async Task A_proposal_of_a_live_model_waits_for_an_OK()
    {
        var arguments = JsonSerializer.Serialize(new { to = "anna@bakery.test", subject = "Friday", body = "We are closed." });
        _server.Answer = (body, context) => ModelServer.HasResults(body)
            ? ModelServer.SayAsync(context, "It is prepared.")
            : ModelServer.CallAsync(context, (OutgoingMail.Tool, arguments));
        using var answer = await AskAsync(await _portal.GenerateAsync());
        var json = await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>();
        json.GetProperty("approvals").GetArrayLength().ShouldBe(1);
        json.GetProperty("reply").GetProperty("text").GetString().ShouldBe("It is prepared.");
    }

    [Theory]
    [InlineData(429)]
    [InlineData(500)]
    public async Task A_refusal_of_the_model_is_model_failed_and_the_question_is_kept(int status)
    {
        var key = await _portal.GenerateAsync();
        _server.Answer = (_, context) =>
        {
            context.Response.StatusCode = status;
            return Task.CompletedTask;
        };
        using (var refused = await AskAsync(key))
            await ShouldBeAsync(refused, HttpStatusCode.BadGateway, "model_failed");
        (await MessagesAsync()).Select(message => (message.Text, message.Status)).ShouldBe([("Hello?", MessageStatus.Completed), ("", MessageStatus.Failed)]);

        _server.Answer = (_, context) => ModelServer.SayAsync(context, "Better now");
        using var again = await AskAsync(key);
        again.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_silent_model_is_model_timeout_and_the_question_is_kept()
    {
        var key = await _portal.GenerateAsync();
        _server.Answer = (_, context) => ModelServer.StallAsync(context);
        var asking = AskAsync(key);
        await _server.WaitForRequestAsync();
        _portal.Clock.Advance(ModelLimits.Silence);
        using var refused = await asking;
        await ShouldBeAsync(refused, HttpStatusCode.GatewayTimeout, "model_timeout");
        (await MessagesAsync()).Select(message => message.Text).ShouldBe(["Hello?", ""]);
    }

    [Fact]
    public async Task A_model_that_breaks_off_leaves_what_it_wrote_and_proposes_nothing()
    {
        _server.Answer = async (_, context) =>
        {
            await ModelServer.ChunkAsync(context, new { content = "Half an" });
            context.Abort();
        };
        using var refused = await AskAsync(await _portal.GenerateAsync());
        await ShouldBeAsync(refused, HttpStatusCode.BadGateway, "model_failed");
        (await MessagesAsync())[^1].Status.ShouldBe(MessageStatus.Failed);
    }

    [Fact]
    public async Task A_model_that_writes_ten_megabytes_is_cut()
    {
        _server.Answer = (_, context) => ModelServer.SayAsync(context, [.. Enumerable.Repeat(new string('a', 100_000), 100)]);
        using var refused = await AskAsync(await _portal.GenerateAsync());
        await ShouldBeAsync(refused, HttpStatusCode.BadGateway, "model_failed");
        var reply = (await MessagesAsync())[^1];
        reply.Status.ShouldBe(MessageStatus.Failed);
        reply.Text.Length.ShouldBe(AskWork.LongestReply);
    }

    private static async Task ShouldBeAsync(HttpResponseMessage answer, HttpStatusCode status, string code)
    {
        answer.StatusCode.ShouldBe(status);
        (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString().ShouldBe(code);
    }

    private async Task<HttpResponseMessage> AskAsync(TestKey key)
    {
        using var client = _portal.Client();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/teammates/me/messages") { Content = JsonContent.Create(new { text = "Hello?" }) };
        request.Headers.Authorization = new("Bearer", key.Text);
        return await client.SendAsync(request);
    }

    private Task<List<Message>> MessagesAsync() => _portal.InScopeAsync(services => services.GetRequiredService<PortalDbContext>()
        .Set<Message>().IgnoreQueryFilters().AsNoTracking().OrderBy(message => message.Number).ToListAsync());
}
