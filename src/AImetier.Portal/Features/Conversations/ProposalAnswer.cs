using System.Text.Json.Serialization;

namespace AImetier.Portal.Features.Conversations;

/// <summary>What a model is told about its proposal.</summary>
/// <param name="Status"><c>waiting</c> for a person's OK, <c>approved</c> by the setting, or <c>refused</c>.</param>
/// <param name="Why">
/// Why it was refused, as words of the protocol: <c>too_many</c> in one reply, <c>no_room</c> among what waits, or the fields that do not fit,
/// <c>to</c>, <c>subject</c>, <c>body</c>; else null.
/// </param>
/// <param name="Reason">The same as a sentence for a model, or null.</param>
public sealed record ProposalAnswer(
    [property: JsonPropertyName("status")] string Status,
    [property: JsonPropertyName("why"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? Why,
    [property: JsonPropertyName("reason"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Reason)
{
    /// <summary>It waits for a person's OK.</summary>
    public static ProposalAnswer Waiting { get; } = new("waiting", null, null);

    /// <summary>It will be sent: Ask before sending is off.</summary>
    public static ProposalAnswer Approved { get; } = new("approved", null, null);

    /// <summary>It was not taken.</summary>
    /// <param name="reason">Why, as a sentence.</param>
    /// <param name="why">Why, as words of the protocol.</param>
    public static ProposalAnswer Refused(string reason, params IReadOnlyList<string> why) => new("refused", why, reason);
}
