namespace AImetier.Portal.Tests.Approvals.Modeling;

/// <summary>What must hold whatever happens.</summary>
internal enum Invariant
{
    /// <summary>Only content leaves that a person, or the setting, approved for that approval.</summary>
    OnlyApprovedContentLeaves,

    /// <summary>Nothing leaves that was declined, has expired or was canceled.</summary>
    NothingLeavesThatHasEnded,

    /// <summary>Nothing leaves a second time unless a person said so.</summary>
    NothingLeavesTwice,

    /// <summary>A final state never changes.</summary>
    FinalStatesStay,

    /// <summary>Every outcome and every row is as the model says.</summary>
    AsTheModelSays,
}
