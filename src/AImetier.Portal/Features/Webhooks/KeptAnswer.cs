namespace AImetier.Portal.Features.Webhooks;

/// <summary>What is kept of a receiver's answer, for the log.</summary>
/// <param name="ContentType">Its content type, or null.</param>
/// <param name="Text">Its first <see cref="WebhookAttempt.LongestAnswer"/> bytes as text; what is no UTF-8 is replaced.</param>
/// <param name="Cut">Whether it was longer, or did not end in time.</param>
public sealed record KeptAnswer(string? ContentType, string Text, bool Cut);
