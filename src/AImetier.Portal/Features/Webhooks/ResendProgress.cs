namespace AImetier.Portal.Features.Webhooks;

/// <summary>How far the resending of many is.</summary>
/// <param name="Since">Deliveries made since then.</param>
/// <param name="RequestedAt">When it was asked for.</param>
/// <param name="Total">How many there were to resend.</param>
/// <param name="Queued">How many have been put back into the queue.</param>
/// <param name="Delivered">How many of them the receiver took.</param>
/// <param name="Failed">How many of them have failed again for good, or were kept because the endpoint was switched off.</param>
/// <param name="IsQueued">Whether all have been put back into the queue.</param>
public sealed record ResendProgress(DateTimeOffset Since, DateTimeOffset RequestedAt, int Total, int Queued, int Delivered, int Failed, bool IsQueued)
{
    /// <summary>Whether every one has ended.</summary>
    public bool IsDone => IsQueued && Delivered + Failed >= Queued;
}
