using System.Globalization;
using System.Threading.RateLimiting;
using AImetier.Portal.Features.Shared;
using Microsoft.Extensions.Options;

namespace AImetier.Portal.Features.ApiTokens;

/// <summary>Limits every request of a key with a token bucket and says so in headers. In memory, per process: it protects, it grants nothing.</summary>
/// <remarks>draft-ietf-httpapi-ratelimit-headers: <c>RateLimit-Policy</c> and <c>RateLimit</c>.</remarks>
public sealed class KeyRateLimit : IAsyncDisposable
{
    private readonly KeyRateOptions _options;
    private readonly PartitionedRateLimiter<string> _limiter;
    private readonly string _policy;

    /// <summary>A limiter with the configured rate.</summary>
    /// <param name="options">Rate and burst.</param>
    public KeyRateLimit(IOptions<KeyRateOptions> options)
    {
        _options = options.Value;
        // One delegate for all: the partition is asked for twice in every request.
        Func<string, RateLimiter> bucket = _ => Bucket();
        _limiter = PartitionedRateLimiter.Create<string, string>(tokenId => RateLimitPartition.Get(tokenId, bucket), StringComparer.Ordinal);
        _policy = string.Create(CultureInfo.InvariantCulture, $"\"key\";q={_options.Burst};w={Seconds(_options.Burst)}");
    }

    /// <summary>Runs after authorization: takes a permit for a request with a key, sets the headers, or answers 429.</summary>
    /// <param name="context">The request.</param>
    /// <param name="next">The rest of the pipeline.</param>
    public Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (!TokenPrincipal.TryGet(context.User, out var key))
            return next(context);

        bool acquired;
        using (var lease = _limiter.AttemptAcquire(key.TokenId))
            acquired = lease.IsAcquired;

        var left = _limiter.GetStatistics(key.TokenId)?.CurrentAvailablePermits ?? 0;
        context.Response.Headers["RateLimit-Policy"] = _policy;
        context.Response.Headers["RateLimit"] = string.Create(CultureInfo.InvariantCulture, $"\"key\";r={left};t={Seconds(_options.Burst - left)}");
        return acquired
            ? next(context)
            : ApiProblem.Of("rate_limited", "This key calls too often. Nothing was done; wait and try again.", TimeSpan.FromSeconds(1)).ExecuteAsync(context);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _limiter.DisposeAsync();

    private TokenBucketRateLimiter Bucket() => new(new TokenBucketRateLimiterOptions
    {
        TokenLimit = _options.Burst,
        TokensPerPeriod = 1,
        ReplenishmentPeriod = TimeSpan.FromSeconds(1) / _options.PermitsPerSecond,
        QueueLimit = 0,
        // The partitioned limiter replenishes its buckets, all with one timer.
        AutoReplenishment = false,
    });

    private long Seconds(long permits) => Math.Max(1, (long)Math.Ceiling((double)permits / _options.PermitsPerSecond));
}
