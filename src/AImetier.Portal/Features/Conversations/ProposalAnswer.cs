using System.Text.Json.Serialization;

namespace AImetier.Portal.Features.Conversations;

/// <summary>What a model is told about its proposal.</summary>
/// <param name="Status"><c>waiting</c> for a person's OK, <c>approved</c> by the setting, or <c>refused</c>.</param>
/// <param name="Reason">Why it was refused, or null.</param>
public sealed record ProposalAnswer(
    [property: JsonPropertyName("status")] string Status,
    [property: JsonPropertyName("reason"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Reason)
{
    /// <summary>It waits for a person's OK.</summary>
    public static ProposalAnswer Waiting { get; } = new("waiting", null);

    /// <summary>It will be sent: Ask before sending is off.</summary>
    public static ProposalAnswer Approved { get; } = new("approved", null);

    /// <summary>It was not taken.</summary>
    /// <param name="reason">Why.</param>
    public static ProposalAnswer Refused(string reason) => new("refused", reason);
}
