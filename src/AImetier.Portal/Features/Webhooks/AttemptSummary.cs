namespace AImetier.Portal.Features.Webhooks;

/// <summary>An attempt as the log shows it.</summary>
/// <param name="Number">From 1.</param>
/// <param name="At">When it began.</param>
/// <param name="Milliseconds">How long it took.</param>
/// <param name="Url">Where it was sent.</param>
/// <param name="RequestHeaders">Headers that were sent, by name; empty when nothing was sent.</param>
/// <param name="Status">Status of the answer, or null.</param>
/// <param name="Failure">Why it did not succeed, or null.</param>
/// <param name="AnswerType">Content type of the answer, or null.</param>
/// <param name="Answer">The answer's first <see cref="WebhookAttempt.LongestAnswer"/> bytes, from outside and to be shown as text; or null.</param>
/// <param name="AnswerCut">Whether the answer was longer, or did not end in time.</param>
public sealed record AttemptSummary(
    int Number,
    DateTimeOffset At,
    int Milliseconds,
    string Url,
    IReadOnlyList<KeyValuePair<string, string>> RequestHeaders,
    int? Status,
    AttemptFailure? Failure,
    string? AnswerType,
    string? Answer,
    bool AnswerCut);
