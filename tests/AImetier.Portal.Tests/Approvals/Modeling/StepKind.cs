namespace AImetier.Portal.Tests.Approvals.Modeling;

/// <summary>What may happen to approvals, as people, programs, time and accidents do it.</summary>
internal enum StepKind
{
    Ask,
    Edit,
    Approve,
    Decline,
    Send,
    SendTwiceAtOnce,
    Wake,
    GiveUp,
    SendAgain,
    Arrived,
    SetAside,
    Expire,
    Advance,
    Revoke,
    Remove,
    Tamper,
}
