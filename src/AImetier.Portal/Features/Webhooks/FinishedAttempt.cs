namespace AImetier.Portal.Features.Webhooks;

/// <summary>An attempt that ended and has yet to be stored.</summary>
/// <param name="Delivery">The claimed delivery.</param>
/// <param name="Result">How it ended.</param>
public sealed record FinishedAttempt(ClaimedDelivery Delivery, AttemptResult Result);
