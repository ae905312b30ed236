namespace AImetier.Portal.Features.Approvals;

/// <summary>How far an approval is. <see cref="Declined"/>, <see cref="Expired"/> and <see cref="Canceled"/> are final, as are <see cref="Sent"/> and <see cref="Saved"/>.</summary>
public enum ApprovalState
{
    /// <summary>A person has to decide.</summary>
    Waiting = 0,

    /// <summary>It may leave, and has not been picked up yet.</summary>
    Approved = 1,

    /// <summary>It is leaving.</summary>
    Sending = 2,

    /// <summary>It has left.</summary>
    Sent = 3,

    /// <summary>It was written into the practice outbox. It has not left.</summary>
    Saved = 4,

    /// <summary>It has surely not left. A person may have it sent again.</summary>
    Failed = 5,

    /// <summary>Nobody knows whether it has left. A person says so, or has it sent again.</summary>
    Uncertain = 6,

    /// <summary>A person said no.</summary>
    Declined = 7,

    /// <summary>Nobody decided within 7 days.</summary>
    Expired = 8,

    /// <summary>Its teammate was removed.</summary>
    Canceled = 9,
}
