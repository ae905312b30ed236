using System.Globalization;
using AImetier.Portal.Features.Approvals;

namespace AImetier.Portal.Features.Mcp;

/// <summary>How far an approval is, for the model that asked.</summary>
internal static class ApprovalWords
{
    /// <summary>One line: what it is, its state, and what that means.</summary>
    /// <param name="approval">The approval.</param>
    public static string Line(ApprovalJson approval) => $"Approval {approval.Id} is {approval.State}: {Meaning(approval)} {approval.Summary}";

    /// <summary>Where it comes from and, once it was decided, when.</summary>
    /// <param name="approval">The approval.</param>
    public static string Facts(ApprovalJson approval) => string.Create(
        CultureInfo.InvariantCulture,
        $"Asked for {approval.RequestedAt:u} in the conversation {approval.ConversationId}, message {approval.MessageId}.{(approval.DecidedAt is { } decided ? $" Decided {decided:u}." : $" Expires {approval.ExpiresAt:u}.")}{(approval.Edited ? " A person changed it." : "")}");

    private static string Meaning(ApprovalJson approval) => approval.State switch
    {
        "waiting" => "it is not sent; a person of the business has to approve it, and you cannot.",
        "approved" when approval.BlockedBy is not null => "it is not sent yet, because no e-mail is connected.",
        "approved" or "sending" => "it is about to be sent.",
        "sent" => "it was sent.",
        "saved" => "it was saved in the practice outbox, and not sent.",
        "failed" => "it was not sent, sending failed.",
        "uncertain" => "nobody knows whether it was sent; a person looks into it.",
        "declined" => "a person said no; it will not be sent.",
        "expired" => "nobody decided within 7 days; it will not be sent.",
        _ => "it will not be sent.",
    };
}
