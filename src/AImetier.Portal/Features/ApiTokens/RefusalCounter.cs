using AImetier.Portal.Data;
using AImetier.Portal.Features.Activity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace AImetier.Portal.Features.ApiTokens;

/// <summary>
/// Counts refused keys: per source, which can only turn a 401 into a 429 and never blocks a good key; and per known key, which the activity log
/// shows once a minute. Other proofs that were refused count for their source. Bounded in memory.
/// </summary>
/// <param name="scopes">Makes the scope that writes the activity log.</param>
/// <param name="limits">How many refusals a minute a source may have.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Says once a minute how many were refused.</param>
public sealed partial class RefusalCounter(IServiceScopeFactory scopes, IOptions<KeyRateOptions> limits, TimeProvider time, ILogger<RefusalCounter> logger)
    : BackgroundService
{
    private const int MostSources = 10_000;
    private const int MostKeys = 1_000;
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);
    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _bySource = new(StringComparer.Ordinal);
    private Dictionary<string, int> _byKey = new(StringComparer.Ordinal);
    private long _window;
    private int _all;

    /// <summary>Counts a refusal.</summary>
    /// <param name="source">Where the request came from.</param>
    /// <param name="reason">Why it was refused.</param>
    /// <param name="text">What was sent; only the public id of a well-formed key is kept.</param>
    /// <returns>How long the source should wait when it has had too many; else null.</returns>
    public TimeSpan? Count(string source, RefusalReason reason, string text)
    {
        lock (_lock)
        {
            _all++;
            if (reason is RefusalReason.WrongSecret or RefusalReason.Revoked or RefusalReason.TeammateRemoved)
                Add(_byKey, TokenFormat.IdOf(text).ToString(), MostKeys);
        }

        return Count(source);
    }

    /// <summary>Counts a refusal of another proof than a key.</summary>
    /// <param name="source">Where the request came from.</param>
    /// <returns>How long the source should wait when it has had too many; else null.</returns>
    public TimeSpan? Count(string source)
    {
        lock (_lock)
        {
            var now = time.GetUtcNow();
            var window = now.UtcTicks / Window.Ticks;
            if (window != _window)
            {
                _window = window;
                _bySource.Clear();
            }

            return Add(_bySource, source, MostSources) > limits.Value.RefusalsPerMinute
                ? TimeSpan.FromTicks(Window.Ticks - (now.UtcTicks % Window.Ticks))
                : null;
        }
    }

    /// <summary>Writes the refusals of known keys to the activity log.</summary>
    /// <param name="cancellationToken">Stops the write.</param>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        Dictionary<string, int> byKey;
        int all;
        lock (_lock)
        {
            byKey = _byKey;
            all = _all;
            _byKey = new Dictionary<string, int>(StringComparer.Ordinal);
            _all = 0;
        }

        if (all > 0)
            LogRefused(all);
        if (byKey.Count == 0)
            return;

        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PortalDbContext>();
        var activity = scope.ServiceProvider.GetRequiredService<ActivityLog>();
        foreach (var ids in byKey.Keys.Chunk(500))
        {
            // Across workspaces by intent: the Portal itself reports, each line in the workspace of its key.
            var tokens = await db.Set<ApiToken>().IgnoreQueryFilters().AsNoTracking().Where(token => ids.Contains(token.Id)).ToListAsync(cancellationToken);
            foreach (var token in tokens)
            {
                activity.Add(
                    Actor.System(token.WorkspaceId),
                    ActivityAction.TokenRefused,
                    token.Id,
                    token.Name,
                    token.TeammateId,
                    byKey[token.Id].ToString(System.Globalization.CultureInfo.InvariantCulture));
            }
        }

        await db.SaveChangesAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                await Task.Delay(Window, time, stoppingToken);
                await TryFlushAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping: counts are no truth worth waiting for.
        }
    }

    private async Task TryFlushAsync(CancellationToken cancellationToken)
    {
        try
        {
            await FlushAsync(cancellationToken);
        }
        catch (Exception e) when (e is DbUpdateException or System.Data.Common.DbException)
        {
            LogNotWritten();
        }
    }

    private static int Add(Dictionary<string, int> counts, string key, int most)
    {
        if (!counts.TryGetValue(key, out var count) && counts.Count >= most)
            return 0;
        return counts[key] = count + 1;
    }

    [LoggerMessage(EventName = "token.refused", Level = LogLevel.Information, Message = "{Refusals} calls with keys that are not accepted since the last line")]
    private partial void LogRefused(int refusals);

    [LoggerMessage(EventName = "token.refusals_lost", Level = LogLevel.Warning, Message = "Refused calls could not be written to the activity log")]
    private partial void LogNotWritten();
}
