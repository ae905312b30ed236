using AImetier.Portal.Data;
using AImetier.Portal.Features.ApiTokens;
using Microsoft.EntityFrameworkCore;
using ModelContextProtocol.Protocol;

namespace AImetier.Portal.Features.Mcp;

/// <summary>Notes which clients call: gathered in memory, bounded, and written beside the requests every two seconds and at shutdown.</summary>
/// <param name="scopes">Makes the scope of each write.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Says when writing failed; what was gathered is tried again.</param>
public sealed partial class ClientSightings(IServiceScopeFactory scopes, TimeProvider time, ILogger<ClientSightings> logger) : BackgroundService
{
    private const int MostGathered = 10_000;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);
    private readonly Lock _lock = new();
    private Dictionary<(string TokenId, string? Name, string UserAgent), Gathered> _gathered = [];

    /// <summary>Notes a call.</summary>
    /// <param name="key">The key.</param>
    /// <param name="client">What the client says of itself, or null.</param>
    /// <param name="revision">Protocol revision of the request, or null.</param>
    /// <param name="userAgent">The request's <c>User-Agent</c>, or nothing.</param>
    public void Note(TokenPrincipal key, Implementation? client, string? revision, string userAgent)
    {
        var sighting = new ClientSighting(
            ClientText.Clean(client?.Title, ClientText.LongestName) ?? ClientText.Clean(client?.Name, ClientText.LongestName),
            ClientText.Clean(client?.Version, ClientText.LongestVersion),
            ClientText.Clean(revision, ClientText.LongestVersion),
            ClientText.Clean(userAgent, ClientText.LongestUserAgent) ?? "",
            time.GetUtcNow());
        Gather((key.TokenId, sighting.Name, sighting.UserAgent), new Gathered(key.WorkspaceId, sighting.At, sighting));
    }

    /// <summary>Writes what was gathered, in one transaction.</summary>
    /// <param name="cancellationToken">Stops the write; everything stays gathered.</param>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        Dictionary<(string TokenId, string? Name, string UserAgent), Gathered> batch;
        lock (_lock)
        {
            if (_gathered.Count == 0)
                return;
            batch = _gathered;
            _gathered = [];
        }

        try
        {
            await WriteAsync(batch, cancellationToken);
        }
        catch
        {
            foreach (var (id, gathered) in batch)
                Gather(id, gathered);
            throw;
        }
    }

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        try
        {
            await TryFlushAsync(cancellationToken);
        }
        catch (ObjectDisposedException)
        {
            // Stopped once more after everything is gone: what was seen in the last seconds is no truth worth more.
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                await Task.Delay(Pause, time, stoppingToken);
                await TryFlushAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping: StopAsync writes the rest.
        }
    }

    private void Gather((string TokenId, string? Name, string UserAgent) id, Gathered gathered)
    {
        lock (_lock)
        {
            if (_gathered.TryGetValue(id, out var known))
                _gathered[id] = new(known.WorkspaceId, known.FirstAt < gathered.FirstAt ? known.FirstAt : gathered.FirstAt, known.Latest.At > gathered.Latest.At ? known.Latest : gathered.Latest);
            else if (_gathered.Count < MostGathered)
                _gathered[id] = gathered;
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
            LogNotWritten(e.GetType().Name);
        }
    }

    private async Task WriteAsync(Dictionary<(string TokenId, string? Name, string UserAgent), Gathered> batch, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PortalDbContext>();
        foreach (var ofKeys in batch.GroupBy(entry => entry.Key.TokenId, StringComparer.Ordinal).Chunk(200))
        {
            // Across workspaces by intent: each row is written in the workspace of its key.
            var ids = ofKeys.Select(ofKey => ofKey.Key).ToList();
            var known = (await db.Set<SeenClient>().IgnoreQueryFilters().Where(client => ids.Contains(client.TokenId)).ToListAsync(cancellationToken))
                .ToLookup(client => client.TokenId, StringComparer.Ordinal);
            foreach (var ofKey in ofKeys)
                Merge(db, [.. known[ofKey.Key]], ofKey.Key, ofKey.Select(entry => entry.Value));
        }

        await db.SaveChangesAsync(cancellationToken);
    }

    // The named first: a request without a name is then known by the User-Agent that came with the name.
    private static void Merge(PortalDbContext db, List<SeenClient> clients, string tokenId, IEnumerable<Gathered> sightings)
    {
        foreach (var (workspaceId, firstAt, sighting) in sightings.OrderBy(gathered => gathered.Latest.Name is null).ThenBy(gathered => gathered.Latest.At))
        {
            var (name, version) = sighting.Name is { } said ? (said, sighting.Version) : ClientText.Product(sighting.UserAgent);
            var client = (sighting.Name is null && sighting.UserAgent.Length > 0 ? clients.Where(row => row.UserAgent == sighting.UserAgent).MaxBy(row => row.LastSeenAt) : null)
                ?? clients.Find(row => string.Equals(row.Name, name, StringComparison.Ordinal));
            if (client is null)
            {
                client = new SeenClient { TokenId = tokenId, Name = name, WorkspaceId = workspaceId, FirstSeenAt = firstAt };
                clients.Add(client);
                db.Add(client);
            }

            client.See(sighting.Name is null && string.Equals(client.Name, name, StringComparison.Ordinal) ? sighting with { Version = version } : sighting);
        }

        foreach (var forgotten in clients.OrderByDescending(client => client.LastSeenAt).ThenBy(client => client.Name, StringComparer.Ordinal).Skip(SeenClient.MostPerKey))
            db.Remove(forgotten);
    }

    [LoggerMessage(EventName = "mcp.clients_kept", Level = LogLevel.Warning, Message = "MCP clients seen could not be written ({Failure}); they are kept and tried again")]
    private partial void LogNotWritten(string failure);

    private sealed record Gathered(string WorkspaceId, DateTimeOffset FirstAt, ClientSighting Latest);
}
