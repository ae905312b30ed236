namespace AImetier.Portal.Features.Webhooks;

/// <summary>How one POST ended.</summary>
/// <param name="At">When it began.</param>
/// <param name="Milliseconds">How long it took.</param>
/// <param name="Url">Where it was sent.</param>
/// <param name="Timestamp">Text of <c>webhook-timestamp</c>; empty when nothing was sent.</param>
/// <param name="Signature">Text of <c>webhook-signature</c>; empty when nothing was sent.</param>
/// <param name="Failure">Why it did not succeed, or null.</param>
/// <param name="Status">Status of the answer, or null.</param>
/// <param name="RetryAfter">How long the receiver wants to be left alone, or null.</param>
/// <param name="Answer">What was kept of the answer, or null.</param>
public sealed record AttemptResult(
    DateTimeOffset At,
    int Milliseconds,
    string Url,
    string Timestamp,
    string Signature,
    AttemptFailure? Failure,
    int? Status = null,
    TimeSpan? RetryAfter = null,
    KeptAnswer? Answer = null)
{
    /// <summary>Whether the receiver took the event.</summary>
    public bool Succeeded => Failure is null;

    /// <summary>Whether the receiver wants no more, ever.</summary>
    public bool IsGone => Status == StatusCodes.Status410Gone;

    /// <summary>Whether the receiver gave no answer, or asked to be left alone.</summary>
    public bool IsTrouble => Failure is not (null or AttemptFailure.Status) || Status is StatusCodes.Status429TooManyRequests or StatusCodes.Status503ServiceUnavailable;
}
