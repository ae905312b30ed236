using System.Diagnostics;
using AImetier.Portal.LoadTests.Hosting;

namespace AImetier.Portal.LoadTests.Driving;

/// <summary>A number of kept connections, each with one request under way at a time.</summary>
internal sealed class ClosedLoop(PortalProcess portal, IReadOnlyList<Connection> connections) : IDisposable
{
    /// <summary>Connects to a path, with the keys in turn or without any.</summary>
    public static Task<ClosedLoop> OpenAsync(PortalProcess portal, string path, IReadOnlyList<string>? keys, int count, CancellationToken cancellationToken) =>
        OpenAsync(portal, count, i => Connection.OpenAsync(portal.Address, path, keys?[i % keys.Count], cancellationToken));

    /// <summary>Connects as told.</summary>
    public static async Task<ClosedLoop> OpenAsync(PortalProcess portal, int count, Func<int, Task<Connection>> open)
    {
        var connections = new List<Connection>();
        for (var i = 0; i < count; i++)
            connections.Add(await open(i));
        return new ClosedLoop(portal, connections);
    }

    /// <summary>Sends for so long.</summary>
    public async Task<Burst> RunAsync(TimeSpan duration, CancellationToken cancellationToken)
    {
        var serverBegan = portal.ProcessorTime;
        var began = Stopwatch.GetTimestamp();
        var until = began + (long)(duration.TotalSeconds * Stopwatch.Frequency);
        var sent = await Task.WhenAll(connections.Select(connection => LoopAsync(connection, until, cancellationToken)));
        var elapsed = Stopwatch.GetElapsedTime(began);
        return new Burst(sent.Sum(one => one.Requests), sent[0].BodyBytes, elapsed, portal.ProcessorTime - serverBegan);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var connection in connections)
            connection.Dispose();
    }

    private static async Task<(long Requests, int BodyBytes)> LoopAsync(Connection connection, long until, CancellationToken cancellationToken)
    {
        long requests = 0;
        var body = 0;
        do
        {
            body = await connection.SendAsync(cancellationToken);
            requests++;
        }
        while (Stopwatch.GetTimestamp() < until);
        return (requests, body);
    }
}
