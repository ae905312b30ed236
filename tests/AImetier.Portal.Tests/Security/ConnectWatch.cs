using System.Collections.Concurrent;
using System.Diagnostics.Tracing;
using System.Globalization;

namespace AImetier.Portal.Tests.Security;

/// <summary>Sees every TCP connection that this process tries to make to one port, also to addresses where nobody can listen.</summary>
internal sealed class ConnectWatch(int port) : EventListener
{
    private readonly ConcurrentQueue<string> _tries = new();

    /// <summary>The socket addresses that were tried.</summary>
    public IReadOnlyCollection<string> Tries => _tries;

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name == "System.Net.Sockets")
            EnableEvents(eventSource, EventLevel.Informational);
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        // The address is written as its bytes, "InterNetwork:16:{p1,p2,…}", the port first.
        var start = string.Create(CultureInfo.InvariantCulture, $":{{{port >> 8},{port & 255},");
        if (eventData.EventName == "ConnectStart" && eventData.Payload is [string address, ..] && address.Contains(start, StringComparison.Ordinal))
            _tries.Enqueue(address);
    }
}
