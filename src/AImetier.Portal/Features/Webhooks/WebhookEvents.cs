namespace AImetier.Portal.Features.Webhooks;

/// <summary>Types of events that endpoints can choose from, in the order shown.</summary>
public static class WebhookEvents
{
    /// <summary>The test that a person sends to one endpoint. It is no choice: every endpoint takes it.</summary>
    public const string Ping = "ping";

    /// <summary>Every type that can be chosen.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        "message.completed",
        "message.failed",
        "approval.requested",
        "approval.decided",
        "approval.sent",
        "approval.saved",
        "approval.failed",
        "approval.uncertain",
        "token.created",
        "token.revoked",
    ];

    /// <summary>The chosen types in their order, each once; unknown ones are left out.</summary>
    /// <param name="chosen">From outside, or null.</param>
    public static IReadOnlyList<string> Choose(IEnumerable<string?>? chosen)
    {
        var wanted = (chosen ?? []).ToHashSet(StringComparer.Ordinal);
        return [.. All.Where(wanted.Contains)];
    }
}
