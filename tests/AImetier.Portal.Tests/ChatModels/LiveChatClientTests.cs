using AImetier.Portal.Features.ChatModels;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.AI;
using Shouldly;
using Xunit;

namespace AImetier.Portal.Tests.ChatModels;

/// <summary>The client of a live model against a server that answers well, badly, or not at all.</summary>
public sealed class LiveChatClientTests : IAsyncLifetime
{
    private const string Key = "sk-made-for-this-test";
    private ModelServer _server = null!;

    public async Task InitializeAsync() => _server = await ModelServer.StartAsync();

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    public async Task It_streams_what_the_server_says(string slash)
    {
        _server.Answer = (_, context) => ModelServer.SayAsync(context, "Bon", "jour", " 🥖");
        using var model = new LiveModel(_server.Endpoint + slash, Key);
        var options = new ChatOptions { AdditionalProperties = new() { [TeammateProperties.Name] = "Mia", [TeammateProperties.Role] = "Marketing" } };
        var pieces = new List<string>();
        ChatMessage[] told = [new(ChatRole.System, "You are Mia."), new(ChatRole.User, "Bonjour ?")];
        await foreach (var update in model.Client.GetStreamingResponseAsync(told, options))
            pieces.Add(update.Text);

        pieces.Where(piece => piece.Length > 0).ShouldBe(["Bon", "jour", " 🥖"]);
        var (path, authorization, body) = _server.Requests.ShouldHaveSingleItem();
        path.ShouldBe("/v1/chat/completions");
        authorization.ShouldBe($"Bearer {Key}");
        body.GetProperty("model").GetString().ShouldBe("bakery-1");
        body.GetProperty("stream").GetBoolean().ShouldBeTrue();
        ModelServer.Roles(body).ShouldBe(["system", "user"]);
        body.GetRawText().ShouldNotContain("aimetier");
        options.AdditionalProperties.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Without_a_key_none_is_sent()
    {
        using var model = new LiveModel(_server.Endpoint);
        (await model.AskAsync()).ShouldBe("Hello");
        _server.Requests.ShouldHaveSingleItem().Authorization.ShouldBeNull();
    }

    [Theory]
    [InlineData(302)]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(404)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(503)]
    public async Task A_refusal_is_a_failure_at_once_that_repeats_nothing_the_server_said(int status)
    {
        _server.Answer = async (_, context) =>
        {
            context.Response.StatusCode = status;
            context.Response.Headers.Location = $"{_server.Endpoint}/elsewhere";
            context.Response.Headers.RetryAfter = "3600";
            await context.Response.WriteAsync($"{{\"error\":{{\"message\":\"Incorrect API key provided: {Key}\"}}}}");
        };
        var failure = await FailAsync(ModelFailureKind.Failed);
        failure.ToString().ShouldNotContain(Key);
        failure.InnerException.ShouldBeOfType<HttpRequestException>().StatusCode.ShouldBe((System.Net.HttpStatusCode)status);
        _server.Requests.ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData("data: {\"choices\":[{\"delta\":{\"conte\n\n")]
    [InlineData("data: nonsense\n\n")]
    [InlineData("data: {\"error\":{\"message\":\"overloaded\"}}\n\n")]
    [InlineData("data: [DONE]\n\n")]
    [InlineData("<!doctype html><title>Sign in</title>")]
    [InlineData("{\"choices\":[{\"message\":{\"content\":\"not a stream\"}}]}")]
    [InlineData("")]
    public async Task What_is_no_answer_is_a_failure(string body)
    {
        _server.Answer = (_, context) => ModelServer.RawAsync(context, body);
        await FailAsync(ModelFailureKind.Failed);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Half_an_answer_is_a_failure_however_it_ends(bool abort)
    {
        _server.Answer = async (_, context) =>
        {
            await ModelServer.ChunkAsync(context, new { content = "Half an" });
            if (abort)
                context.Abort();
        };
        await FailAsync(ModelFailureKind.Failed);
    }

    [Theory]
    [InlineData("http://127.0.0.1:1/v1")]
    [InlineData("http://model.invalid/v1")]
    public async Task A_server_that_cannot_be_reached_is_a_failure(string endpoint)
    {
        using var model = new LiveModel(endpoint, Key);
        (await Should.ThrowAsync<ModelFailedException>(() => model.AskAsync())).Kind.ShouldBe(ModelFailureKind.Failed);
    }

    [Fact]
    public async Task A_server_without_a_good_certificate_is_a_failure()
    {
        using var model = new LiveModel(_server.Endpoint.Replace("http:", "https:", StringComparison.Ordinal), Key);
        (await Should.ThrowAsync<ModelFailedException>(() => model.AskAsync())).Kind.ShouldBe(ModelFailureKind.Failed);
        _server.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Silence_before_the_answer_is_a_timeout()
    {
        _server.Answer = (_, context) => ModelServer.StallAsync(context);
        using var model = new LiveModel(_server.Endpoint);
        var answer = model.AskAsync();
        await _server.WaitForRequestAsync();
        model.Clock.Advance(ModelLimits.Silence);
        (await Should.ThrowAsync<ModelFailedException>(() => answer)).Kind.ShouldBe(ModelFailureKind.Timeout);
        await _server.Left;
    }

    [Fact]
    public async Task Silence_in_the_middle_is_a_timeout_and_a_slow_answer_is_none()
    {
        var more = new SemaphoreSlim(0);
        _server.Answer = async (_, context) =>
        {
            foreach (var piece in (string[])["One", "Two"])
            {
                await ModelServer.ChunkAsync(context, new { content = piece });
                await more.WaitAsync(context.RequestAborted);
            }
        };
        using var model = new LiveModel(_server.Endpoint);
        await using var pieces = model.Client.GetStreamingResponseAsync("Hello").GetAsyncEnumerator();
        (await pieces.MoveNextAsync()).ShouldBeTrue();
        var next = pieces.MoveNextAsync();
        model.Clock.Advance(ModelLimits.Silence - TimeSpan.FromSeconds(1));
        next.IsCompleted.ShouldBeFalse();
        more.Release();
        (await next).ShouldBeTrue();
        pieces.Current.Text.ShouldBe("Two");

        next = pieces.MoveNextAsync();
        model.Clock.Advance(ModelLimits.Silence);
        (await Should.ThrowAsync<ModelFailedException>(() => next.AsTask())).Kind.ShouldBe(ModelFailureKind.Timeout);
        await _server.Left;
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Cancellation_stays_cancellation_and_the_server_notices(bool begun)
    {
        _server.Answer = async (_, context) =>
        {
            if (begun)
                await ModelServer.ChunkAsync(context, new { content = "One" });
            await ModelServer.StallAsync(context);
        };
        using var model = new LiveModel(_server.Endpoint);
        using var cancel = new CancellationTokenSource();
        await using var pieces = model.Client.GetStreamingResponseAsync("Hello", cancellationToken: cancel.Token).GetAsyncEnumerator();
        if (begun)
            (await pieces.MoveNextAsync()).ShouldBeTrue();
        var next = pieces.MoveNextAsync().AsTask();
        await _server.WaitForRequestAsync();
        await cancel.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => next);
        await _server.Left;
    }

    [Theory]
    [InlineData("data: ", "xxxxxxxxxxxxxxxx")]
    [InlineData("", "data: xxxxxxxxxx\n")]
    [InlineData("", ": only a comment\n\n")]
    public async Task An_endless_answer_is_given_up(string opening, string unit)
    {
        var block = string.Concat(Enumerable.Repeat(unit, 4096));
        _server.Answer = async (_, context) =>
        {
            await ModelServer.RawAsync(context, opening);
            while (true)
                await ModelServer.RawAsync(context, block);
        };
        (await FailAsync(ModelFailureKind.Failed)).InnerException.ShouldBeOfType<InvalidDataException>();
        await _server.Left;
    }

    [Fact]
    public async Task Ten_megabytes_in_pieces_are_an_answer()
    {
        var piece = new string('a', 100_000);
        _server.Answer = (_, context) => ModelServer.SayAsync(context, [.. Enumerable.Repeat(piece, 100)]);
        using var model = new LiveModel(_server.Endpoint);
        (await model.AskAsync()).Length.ShouldBe(10_000_000);
    }

    private async Task<ModelFailedException> FailAsync(ModelFailureKind kind)
    {
        using var model = new LiveModel(_server.Endpoint, Key);
        var failure = await Should.ThrowAsync<ModelFailedException>(() => model.AskAsync());
        failure.Kind.ShouldBe(kind);
        model.Log.ShouldNotContain(line => line.Contains(Key, StringComparison.Ordinal));
        return failure;
    }
}
