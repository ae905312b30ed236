namespace AImetier.Portal.Features.Connectors;

/// <summary>What a channel would do with something to send.</summary>
public enum ChannelState
{
    /// <summary>Nothing: no connector, and the practice outbox is off.</summary>
    NotConnected = 0,

    /// <summary>Write it into the practice outbox; it does not leave.</summary>
    Practice = 1,

    /// <summary>Send it.</summary>
    Connected = 2,
}
