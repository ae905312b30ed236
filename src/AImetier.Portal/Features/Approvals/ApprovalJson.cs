using AImetier.Portal.Features.Connectors;

namespace AImetier.Portal.Features.Approvals;

/// <summary>An approval in answers of the API. Read only: a key can never decide.</summary>
/// <param name="Id"><c>apr_…</c>.</param>
/// <param name="Kind"><c>email</c>.</param>
/// <param name="State">How far it is.</param>
/// <param name="Summary">One line that says what would leave.</param>
/// <param name="Details">What would leave, exactly.</param>
/// <param name="Edited">Whether a person changed it.</param>
/// <param name="RequestedBy">Who asked.</param>
/// <param name="RequestedAt">When it was asked for, UTC.</param>
/// <param name="ExpiresAt">When a waiting one expires, UTC.</param>
/// <param name="DecidedAt">When it was decided, UTC, or null.</param>
/// <param name="DecidedBy"><c>person</c>, <c>setting</c> or null.</param>
/// <param name="DeclineReason">A person's word about a no, or null.</param>
/// <param name="SentAt">When it was sent or saved, UTC, or null.</param>
/// <param name="BlockedBy"><c>no_connector</c> while there is nothing to send it with, else null.</param>
/// <param name="ConversationId">The conversation.</param>
/// <param name="MessageId">The reply.</param>
/// <param name="Metadata">What the asker attached.</param>
public sealed record ApprovalJson(
    string Id,
    string Kind,
    string State,
    string Summary,
    EmailContent Details,
    bool Edited,
    RequesterJson RequestedBy,
    DateTime RequestedAt,
    DateTime ExpiresAt,
    DateTime? DecidedAt,
    string? DecidedBy,
    string? DeclineReason,
    DateTime? SentAt,
    string? BlockedBy,
    string ConversationId,
    string MessageId,
    IReadOnlyDictionary<string, string> Metadata)
{
    /// <summary>A stored approval as the API shows it.</summary>
    /// <param name="approval">An approval of a conversation begun by software.</param>
    /// <param name="channel">What could be done with it now.</param>
    public static ApprovalJson Of(Approval approval, ChannelState channel)
    {
        var content = approval.ReadContent();
        var open = approval.State is ApprovalState.Waiting or ApprovalState.Approved;
        return new(
            approval.Id,
            approval.Kind,
            NameOf(approval.State),
            $"E-mail to {content.To}: {content.Subject}",
            content,
            approval.Edited,
            RequesterJson.Of(approval.RequestedBy),
            approval.RequestedAt.UtcDateTime,
            approval.ExpiresAt.UtcDateTime,
            approval.DecidedAt?.UtcDateTime,
            approval.DecidedBySetting ? "setting" : approval.DecidedById is null ? null : "person",
            approval.DeclineReason,
            approval.SentAt?.UtcDateTime,
            open && channel == ChannelState.NotConnected ? "no_connector" : null,
            approval.ConversationId,
            approval.MessageId,
            approval.ReadMetadata());
    }

    /// <summary>Name of a state in answers and events.</summary>
    /// <param name="state">The state.</param>
    public static string NameOf(ApprovalState state) => state switch
    {
        ApprovalState.Waiting => "waiting",
        ApprovalState.Approved => "approved",
        ApprovalState.Sending => "sending",
        ApprovalState.Sent => "sent",
        ApprovalState.Saved => "saved",
        ApprovalState.Failed => "failed",
        ApprovalState.Uncertain => "uncertain",
        ApprovalState.Declined => "declined",
        ApprovalState.Expired => "expired",
        _ => "canceled",
    };

    /// <summary>The state of a name, or null.</summary>
    /// <param name="name">From outside.</param>
    public static ApprovalState? StateOf(string name)
    {
        foreach (var state in Enum.GetValues<ApprovalState>())
        {
            if (string.Equals(NameOf(state), name, StringComparison.Ordinal))
                return state;
        }

        return null;
    }
}
