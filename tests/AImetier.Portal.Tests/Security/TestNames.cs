using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using AImetier.Portal.Security;

namespace AImetier.Portal.Tests.Security;

/// <summary>Names that resolve to what a test says, each time to the next answer; the last one stays.</summary>
internal sealed class TestNames : IHostNames
{
    private readonly ConcurrentDictionary<string, ConcurrentQueue<IPAddress[]>> _answers = new(StringComparer.Ordinal);
    private int _questions;

    /// <summary>How often a name was asked for.</summary>
    public int Questions => _questions;

    /// <summary>Adds an answer: addresses separated by spaces.</summary>
    public TestNames With(string host, string addresses)
    {
        _answers.GetOrAdd(host, _ => []).Enqueue([.. addresses.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(IPAddress.Parse)]);
        return this;
    }

    public Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _questions);
        if (!_answers.TryGetValue(host, out var answers))
            throw new SocketException((int)SocketError.HostNotFound);
        var current = answers.First();
        if (answers.Count > 1)
            answers.TryDequeue(out _);
        return Task.FromResult(current);
    }
}
