using System.Collections.Concurrent;
using System.Text.Json;
using AImetier.Portal.Tests.Host;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AImetier.Portal.Tests.ChatModels;

/// <summary>A real server on loopback that speaks OpenAI's chat completions, as well or as badly as a test wants.</summary>
public sealed class ModelServer : IAsyncDisposable
{
    private readonly WebApplication _site;
    private readonly SemaphoreSlim _arrived = new(0);
    private readonly TaskCompletionSource _left = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ModelServer()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        _site = builder.Build();
        _site.Run(AnswerAsync);
    }

    /// <summary>Its address, as <c>Model:Endpoint</c> takes it.</summary>
    public string Endpoint => $"{_site.Urls.First()}/v1";

    /// <summary>How it answers: the request's body, and where to write.</summary>
    public Func<JsonElement, HttpContext, Task> Answer { get; set; } = (_, context) => SayAsync(context, "Hello");

    /// <summary>What it was sent.</summary>
    public ConcurrentQueue<(string Path, string? Authorization, JsonElement Body)> Requests { get; } = new();

    /// <summary>Ends when a client has left before the answer was whole.</summary>
    public Task Left => _left.Task.WaitAsync(Until.Longest);

    /// <summary>Starts one.</summary>
    public static async Task<ModelServer> StartAsync()
    {
        var server = new ModelServer();
        await server._site.StartAsync();
        return server;
    }

    /// <summary>Waits for the next request.</summary>
    public async Task WaitForRequestAsync()
    {
        if (!await _arrived.WaitAsync(Until.Longest))
            throw new TimeoutException("No request arrived.");
    }

    /// <summary>Whether the tool's results are in the request.</summary>
    public static bool HasResults(JsonElement body) => Roles(body).Last() == "tool";

    /// <summary>The roles of a request's messages.</summary>
    public static IEnumerable<string> Roles(JsonElement body) => body.GetProperty("messages").EnumerateArray().Select(message => message.GetProperty("role").GetString()!);

    /// <summary>A whole answer in pieces.</summary>
    public static async Task SayAsync(HttpContext context, params string[] pieces)
    {
        foreach (var piece in pieces)
            await ChunkAsync(context, new { content = piece });
        await EndAsync(context, "stop");
    }

    /// <summary>An answer that calls tools; the arguments come in two halves.</summary>
    public static async Task CallAsync(HttpContext context, params (string Name, string Arguments)[] calls)
    {
        for (var index = 0; index < calls.Length; index++)
        {
            var (name, arguments) = calls[index];
            var half = arguments.Length / 2;
            await ChunkAsync(context, new { tool_calls = new[] { new { index, id = $"call_{index}", type = "function", function = new { name, arguments = arguments[..half] } } } });
            await ChunkAsync(context, new { tool_calls = new[] { new { index, function = new { arguments = arguments[half..] } } } });
        }

        await EndAsync(context, "tool_calls");
    }

    /// <summary>One piece of an answer.</summary>
    public static Task ChunkAsync(HttpContext context, object delta, string? finish = null) => RawAsync(context, "data: " + JsonSerializer.Serialize(new
    {
        id = "chatcmpl-1",
        @object = "chat.completion.chunk",
        created = 1,
        model = "bakery-1",
        choices = new[] { new { index = 0, delta, finish_reason = finish } },
    }) + "\n\n");

    /// <summary>Anything.</summary>
    public static async Task RawAsync(HttpContext context, string text)
    {
        context.Response.ContentType ??= "text/event-stream";
        await context.Response.WriteAsync(text, context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
    }

    /// <summary>Says nothing more until the client leaves.</summary>
    public static Task StallAsync(HttpContext context) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _site.DisposeAsync();
        _arrived.Dispose();
    }

    private static async Task EndAsync(HttpContext context, string finish)
    {
        await ChunkAsync(context, new { }, finish);
        await RawAsync(context, "data: [DONE]\n\n");
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var body = await JsonSerializer.DeserializeAsync<JsonElement>(context.Request.Body, cancellationToken: context.RequestAborted);
        Requests.Enqueue((context.Request.Path, context.Request.Headers.Authorization, body));
        _arrived.Release();
        try
        {
            await Answer(body, context);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            _left.TrySetResult();
        }
    }
}
