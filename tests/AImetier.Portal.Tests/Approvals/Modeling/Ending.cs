namespace AImetier.Portal.Tests.Approvals.Modeling;

/// <summary>How the recording channel ends a try.</summary>
internal enum Ending
{
    Sent,
    Saved,
    Failed,
    Uncertain,

    /// <summary>It throws, as no channel should.</summary>
    Throws,

    /// <summary>Nothing was tried: there is no connector any more.</summary>
    NotConnected,

    /// <summary>It does not end: the process died in mid-attempt, or ends much later.</summary>
    Hangs,
}
