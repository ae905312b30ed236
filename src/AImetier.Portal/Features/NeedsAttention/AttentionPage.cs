using AImetier.Portal.Features.Shared;

namespace AImetier.Portal.Features.NeedsAttention;

/// <summary>Needs attention.</summary>
/// <param name="Rows">What needs a person, oldest first.</param>
/// <param name="Next">Address of the next page of it, or null.</param>
/// <param name="First">Address of its first page, or null when that is shown.</param>
/// <param name="Decided">What is over, newest first.</param>
/// <param name="DecidedPager">Its pages.</param>
/// <param name="Live">Address that keeps the lists current, or null where the person leafs through older pages.</param>
/// <param name="KeyId">Public id of the key whose asks alone are shown, or null.</param>
/// <param name="KeyName">Its name, or null.</param>
/// <param name="Webhooks">Endpoints that need a person; on the first page alone.</param>
public sealed record AttentionPage(
    IReadOnlyList<AttentionRow> Rows,
    string? Next,
    string? First,
    IReadOnlyList<AttentionRow> Decided,
    PagerLinks DecidedPager,
    string? Live,
    string? KeyId,
    string? KeyName,
    IReadOnlyList<WebhookRow> Webhooks);
