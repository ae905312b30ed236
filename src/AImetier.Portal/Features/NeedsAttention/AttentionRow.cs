using AImetier.Portal.Features.Approvals;
using AImetier.Portal.Features.Connectors;

namespace AImetier.Portal.Features.NeedsAttention;

/// <summary>One row of a list.</summary>
/// <param name="Approval">The row of the table.</param>
/// <param name="Content">What would leave.</param>
/// <param name="Teammate">Name of the teammate.</param>
/// <param name="KeyRevoked">Whether the key that asked has been revoked since.</param>
/// <param name="HookRemoved">Whether the incoming address that asked has been removed since.</param>
/// <param name="Channel">What would be done with it now.</param>
public sealed record AttentionRow(Approval Approval, EmailContent Content, string Teammate, bool KeyRevoked, bool HookRemoved, ChannelState Channel)
{
    /// <summary>Whether it is approved and cannot leave because nothing is connected.</summary>
    public bool IsStuck => Approval.State == ApprovalState.Approved && Channel == ChannelState.NotConnected;

    /// <summary>Whether it has not ended well and a person has to say what now.</summary>
    public bool IsProblem => Approval.State is ApprovalState.Failed or ApprovalState.Uncertain && Approval.SetAsideAt is null;

    /// <summary>Whether it is on its way and its page will soon say more.</summary>
    public bool IsMoving => Approval.State == ApprovalState.Sending || (Approval.State == ApprovalState.Approved && !IsStuck);

    /// <summary>Key of the words for the teammate's e-mail: one that may still leave is a wish, one that is over a fact.</summary>
    public string EmailKey => Approval.State == ApprovalState.Waiting ? "Row.EmailTo" : "Row.Email";

    /// <summary>Key of the words for its state.</summary>
    public string StateKey => IsStuck ? "State.Stuck" : $"State.{Approval.State}";
}
