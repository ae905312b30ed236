using System.Collections.Concurrent;
using System.Security.Cryptography;
using AImetier.Portal.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AImetier.Portal.Tests.Webhooks.Killing;

/// <summary>A receiver that outlives the processes that send to it: it counts what arrives and checks every signature.</summary>
public sealed class KillReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, string> _arrived = new(StringComparer.Ordinal);
    private int _repeats;
    private int _strangers;

    private KillReceiver()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.Run(TakeAsync);
    }

    /// <summary>Where it listens.</summary>
    public string Address => _app.Urls.Single();

    /// <summary>What should have signed.</summary>
    public WebhookSecret? Secret { get; set; }

    /// <summary>Events that have arrived.</summary>
    public int Arrived => _arrived.Count;

    /// <summary>Arrivals of an event that had arrived before.</summary>
    public int Repeats => _repeats;

    /// <summary>Arrivals with another body than before, or with a signature that is not good.</summary>
    public int Strangers => _strangers;

    /// <summary>Starts one.</summary>
    public static async Task<KillReceiver> StartAsync(CancellationToken cancellationToken)
    {
        var receiver = new KillReceiver();
        await receiver._app.StartAsync(cancellationToken);
        return receiver;
    }

    /// <summary>How many of some events have not arrived.</summary>
    /// <param name="ids">Events.</param>
    public int Missing(IEnumerable<string> ids) => ids.Count(id => !_arrived.ContainsKey(id));

    /// <summary>How many have arrived that are none of some events.</summary>
    /// <param name="ids">Events.</param>
    public int Unknown(IEnumerable<string> ids) => _arrived.Keys.Except(ids, StringComparer.Ordinal).Count();

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        using var buffer = new MemoryStream();
        await context.Request.Body.CopyToAsync(buffer, context.RequestAborted);
        var body = buffer.ToArray();
        var id = context.Request.Headers[WebhookSignature.IdHeader].ToString();
        var check = WebhookSignature.Verify(
            [Secret!],
            id,
            context.Request.Headers[WebhookSignature.TimestampHeader],
            context.Request.Headers[WebhookSignature.SignatureHeader],
            body,
            TimeProvider.System.GetUtcNow());
        var digest = Convert.ToHexString(SHA256.HashData(body));
        if (check is not SignatureCheck.Good)
            Interlocked.Increment(ref _strangers);
        else if (_arrived.TryAdd(id, digest))
            return;
        else if (_arrived[id] == digest)
            Interlocked.Increment(ref _repeats);
        else
            Interlocked.Increment(ref _strangers);
    }
}
