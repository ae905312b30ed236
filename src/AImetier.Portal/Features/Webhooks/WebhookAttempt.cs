using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AImetier.Portal.Features.Webhooks;

/// <summary>One POST of a delivery. Reached through its delivery alone, which is held to the workspace.</summary>
public sealed class WebhookAttempt
{
    /// <summary>Most bytes of an answer that are kept.</summary>
    public const int LongestAnswer = 8 * 1024;

    /// <summary>The delivery.</summary>
    public required string DeliveryId { get; init; }

    /// <summary>From 1.</summary>
    public required int Number { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>How long it took, in milliseconds.</summary>
    public required int Milliseconds { get; init; }

    /// <summary>Where it was sent.</summary>
    public required string Url { get; init; }

    /// <summary>Text of <c>webhook-timestamp</c>; empty when nothing was sent.</summary>
    public required string Timestamp { get; init; }

    /// <summary>Text of <c>webhook-signature</c>; empty when nothing was sent.</summary>
    public required string Signature { get; init; }

    /// <summary>Status of the answer, or null.</summary>
    public int? Status { get; init; }

    /// <summary>Why it did not succeed, or null.</summary>
    public AttemptFailure? Failure { get; init; }

    /// <summary>Content type of the answer, or null.</summary>
    public string? AnswerType { get; init; }

    /// <summary>The answer's first <see cref="LongestAnswer"/> bytes as text, or null.</summary>
    public string? Answer { get; init; }

    /// <summary>Whether the answer was longer, or did not end in time.</summary>
    public bool AnswerCut { get; init; }

    /// <summary>How the row is stored. <see cref="DeliveryStore"/> names this table and its columns.</summary>
    internal sealed class Configuration : IEntityTypeConfiguration<WebhookAttempt>
    {
        public void Configure(EntityTypeBuilder<WebhookAttempt> builder)
        {
            builder.ToTable("WebhookAttempts");
            builder.HasKey(attempt => new { attempt.DeliveryId, attempt.Number });
            builder.HasOne<WebhookDelivery>().WithMany().HasForeignKey(attempt => attempt.DeliveryId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}
