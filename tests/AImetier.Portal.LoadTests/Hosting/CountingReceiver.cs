using System.Diagnostics;
using AImetier.Portal.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AImetier.Portal.LoadTests.Hosting;

/// <summary>A fast receiver of webhooks on loopback. It counts different events by path, and notes when the last one of a round has come.</summary>
internal sealed class CountingReceiver : IAsyncDisposable
{
    /// <summary>Whoever posts here gets no answer.</summary>
    public const string Stalled = "/stalled";

    private readonly WebApplication _site;
    private readonly Lock _lock = new();
    private readonly HashSet<(string Path, string Id)> _seen = [];
    private TaskCompletionSource<long> _whole = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _left;

    private CountingReceiver()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        _site = builder.Build();
        _site.Run(TakeAsync);
    }

    /// <summary>Its address, without a path.</summary>
    public string Address => _site.Urls.First();

    /// <summary>Starts one.</summary>
    public static async Task<CountingReceiver> StartAsync(CancellationToken cancellationToken)
    {
        var receiver = new CountingReceiver();
        await receiver._site.StartAsync(cancellationToken);
        return receiver;
    }

    /// <summary>Begins a round.</summary>
    /// <param name="deliveries">Different events that are to come, the stalled path not counted.</param>
    /// <returns>When the last has come, as <see cref="Stopwatch"/> counts.</returns>
    public Task<long> Expect(int deliveries)
    {
        lock (_lock)
        {
            _left = deliveries;
            _whole = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
            return _whole.Task;
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _site.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        await context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted);
        if (context.Request.Path == Stalled)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted).ContinueWith(
                _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            return;
        }

        var id = context.Request.Headers[WebhookSignature.IdHeader].ToString();
        lock (_lock)
        {
            if (_seen.Add((context.Request.Path, id)) && --_left == 0)
                _whole.TrySetResult(Stopwatch.GetTimestamp());
        }
    }
}
