using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AImetier.Portal.Tests.Webhooks;

/// <summary>What a receiver got.</summary>
public sealed record Received(string Path, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    public string Id => Headers["webhook-id"];

    public string Timestamp => Headers["webhook-timestamp"];

    public string Signature => Headers["webhook-signature"];

    public string Text => System.Text.Encoding.UTF8.GetString(Body);
}

/// <summary>A real receiver on a loopback port. It answers 200 unless told otherwise, and remembers what it got.</summary>
public sealed class WebhookReceiver : IAsyncDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(120);
    private readonly WebApplication _app;
    private readonly Channel<Received> _news = Channel.CreateUnbounded<Received>();
    private readonly ConcurrentQueue<Received> _all = new();

    private WebhookReceiver()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.Run(TakeAsync);
    }

    /// <summary>How it answers.</summary>
    public Func<HttpContext, Task> Answer { get; set; } = _ => Task.CompletedTask;

    /// <summary>Where it listens.</summary>
    public string Address => _app.Urls.Single();

    /// <summary>Everything it got, in order.</summary>
    public IReadOnlyList<Received> All => [.. _all];

    /// <summary>Starts one.</summary>
    public static async Task<WebhookReceiver> StartAsync(Func<HttpContext, Task>? answer = null)
    {
        var receiver = new WebhookReceiver();
        receiver.Answer = answer ?? receiver.Answer;
        await receiver._app.StartAsync();
        return receiver;
    }

    /// <summary>An answer that is a status alone.</summary>
    public static Func<HttpContext, Task> Status(int status) => context =>
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    };

    /// <summary>The next thing it gets, whether it has come already or comes later.</summary>
    public async Task<Received> NextAsync()
    {
        using var limit = new CancellationTokenSource(Longest, TimeProvider.System);
        return await _news.Reader.ReadAsync(limit.Token);
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var received = new Received(
            context.Request.Path, context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase), body.ToArray());
        _all.Enqueue(received);
        _news.Writer.TryWrite(received);
        await Answer(context);
    }
}
