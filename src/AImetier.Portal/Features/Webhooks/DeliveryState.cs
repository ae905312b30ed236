namespace AImetier.Portal.Features.Webhooks;

/// <summary>How far a delivery is. The values are stored, and <see cref="DeliveryStore"/> names them in SQL.</summary>
public enum DeliveryState
{
    /// <summary>It waits for its first or next attempt, or one is being made.</summary>
    Pending = 0,

    /// <summary>The receiver took it.</summary>
    Delivered = 1,

    /// <summary>No attempt is left. It can be resent.</summary>
    Failed = 2,

    /// <summary>Its endpoint is switched off. It can be resent once the endpoint is on again.</summary>
    Kept = 3,
}
