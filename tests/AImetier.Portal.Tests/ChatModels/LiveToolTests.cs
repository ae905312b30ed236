using System.Text;
using System.Text.Json;
using AImetier.Portal.Features.Conversations;
using Microsoft.Extensions.AI;
using Shouldly;
using Xunit;

namespace AImetier.Portal.Tests.ChatModels;

/// <summary>A live model with the tool that proposes e-mail, through everything that is real.</summary>
public sealed class LiveToolTests : IAsyncLifetime
{
    private static readonly string Good = JsonSerializer.Serialize(new { to = "anna@bakery.test", subject = "Friday", body = "We are closed." });
    private ModelServer _server = null!;

    public async Task InitializeAsync() => _server = await ModelServer.StartAsync();

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task A_call_becomes_a_proposal_and_the_model_learns_what_the_tool_said()
    {
        _server.Answer = (body, context) => ModelServer.HasResults(body)
            ? ModelServer.SayAsync(context, "It is prepared.")
            : ModelServer.CallAsync(context, (OutgoingMail.Tool, Good));
        var mail = new OutgoingMail(10, askBeforeSending: true);
        (await AskAsync(mail)).ShouldBe("It is prepared.");
        mail.Proposed.ShouldHaveSingleItem().To.ShouldBe("anna@bakery.test");
        var told = _server.Requests.Last().Body.GetProperty("messages").EnumerateArray().Last();
        told.GetProperty("content").GetString()!.ShouldContain("waiting");
    }

    [Theory]
    [InlineData(OutgoingMail.Tool, "{\"to\": \"anna@bak")]
    [InlineData(OutgoingMail.Tool, "[]")]
    [InlineData(OutgoingMail.Tool, "{}")]
    [InlineData(OutgoingMail.Tool, "{\"to\":1,\"subject\":{},\"body\":null}")]
    [InlineData("delete_everything", "{}")]
    public async Task A_call_that_makes_no_sense_proposes_nothing_and_the_model_may_go_on(string tool, string arguments)
    {
        _server.Answer = (body, context) => ModelServer.HasResults(body)
            ? ModelServer.SayAsync(context, "I could not.")
            : ModelServer.CallAsync(context, (tool, arguments));
        var mail = new OutgoingMail(10, askBeforeSending: true);
        (await AskAsync(mail)).ShouldBe("I could not.");
        mail.Proposed.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_hundred_calls_at_once_propose_ten()
    {
        _server.Answer = (body, context) => ModelServer.HasResults(body)
            ? ModelServer.SayAsync(context, "Done what I may.")
            : ModelServer.CallAsync(context, [.. Enumerable.Repeat((OutgoingMail.Tool, Good), 100)]);
        var mail = new OutgoingMail(1000, askBeforeSending: true);
        (await AskAsync(mail)).ShouldBe("Done what I may.");
        mail.Proposed.Count.ShouldBe(OutgoingMail.Most);
    }

    [Theory]
    [InlineData(OutgoingMail.Tool, true)]
    [InlineData(OutgoingMail.Tool, false)]
    [InlineData("delete_everything", true)]
    public async Task A_model_that_always_calls_again_comes_to_an_end(string tool, bool sensible)
    {
        _server.Answer = (_, context) => ModelServer.CallAsync(context, (tool, sensible ? Good : "{nonsense"));
        var mail = new OutgoingMail(10, askBeforeSending: true);
        try
        {
            (await AskAsync(mail)).ShouldBeEmpty();
        }
        catch (Exception e) when (e is not ShouldAssertException)
        {
            // Too many calls in a row that broke: AskWork makes a failed reply of it.
            sensible.ShouldBeFalse();
        }

        _server.Requests.Count.ShouldBeLessThanOrEqualTo(10);
        mail.Proposed.Count.ShouldBeLessThanOrEqualTo(OutgoingMail.Most);
    }

    private async Task<string> AskAsync(OutgoingMail mail)
    {
        using var model = new LiveModel(_server.Endpoint);
        using var calling = new ToolCallingModel(model.Client);
        var text = new StringBuilder();
        ChatMessage[] told = [new(ChatRole.User, "Tell Anna that we are closed.")];
        await foreach (var update in calling.GetStreamingResponseAsync(told, new ChatOptions { Tools = [mail.ToTool()] }, CancellationToken.None))
            text.Append(update.Text);
        return text.ToString();
    }
}
