using System.Diagnostics;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AImetier.Portal.LoadTests.Hosting;

/// <summary>A model on loopback that speaks OpenAI's chat completions and thinks no time. It notes when it sends the first token of an answer.</summary>
internal sealed class ModelServer : IAsyncDisposable
{
    /// <summary>A question with this word gets the first token, and the rest after <see cref="Release"/>.</summary>
    public const string Hold = "HOLD";

    private readonly WebApplication _site;
    private TaskCompletionSource _held = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _sentAt;

    private ModelServer()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        _site = builder.Build();
        _site.Run(AnswerAsync);
    }

    /// <summary>Its address, as <c>Model:Endpoint</c> takes it.</summary>
    public Uri Endpoint => new(_site.Urls.First() + "/v1");

    /// <summary>When the first token of the latest answer was about to leave, as <see cref="Stopwatch"/> counts.</summary>
    public long SentAt => Volatile.Read(ref _sentAt);

    /// <summary>Starts one.</summary>
    public static async Task<ModelServer> StartAsync(CancellationToken cancellationToken)
    {
        var server = new ModelServer();
        await server._site.StartAsync(cancellationToken);
        return server;
    }

    /// <summary>Ends every answer that is held.</summary>
    public void Release() => Interlocked.Exchange(ref _held, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _site.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var question = await reader.ReadToEndAsync(context.RequestAborted);
        context.Response.ContentType = "text/event-stream";
        await context.Response.StartAsync(context.RequestAborted);
        var first = Chunk(new { content = "Hello" }, null);
        Volatile.Write(ref _sentAt, Stopwatch.GetTimestamp());
        await WriteAsync(context, first);
        if (question.Contains(Hold, StringComparison.Ordinal))
            await _held.Task.WaitAsync(context.RequestAborted);
        await WriteAsync(context, Chunk(new { content = " there" }, null) + Chunk(new { }, "stop") + "data: [DONE]\n\n");
    }

    private static async Task WriteAsync(HttpContext context, string text)
    {
        await context.Response.WriteAsync(text, context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
    }

    private static string Chunk(object delta, string? finish) => "data: " + JsonSerializer.Serialize(new
    {
        id = "chatcmpl-1",
        @object = "chat.completion.chunk",
        created = 1,
        model = "bakery-1",
        choices = new[] { new { index = 0, delta, finish_reason = finish } },
    }) + "\n\n";
}
