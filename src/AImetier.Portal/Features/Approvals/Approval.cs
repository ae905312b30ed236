using System.Text.Json;
using AImetier.Portal.Data;
using AImetier.Portal.Features.Connectors;
using AImetier.Portal.Features.Teammates;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AImetier.Portal.Features.Approvals;

/// <summary>
/// Something that would leave the workspace, and what was decided about it. Every change of state is one UPDATE that names the state it leaves,
/// so that one of several at once wins.
/// </summary>
public sealed class Approval : IWorkspaceOwned
{
    /// <summary>The only kind so far.</summary>
    public const string Email = "email";

    /// <summary>How long a person has to decide.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(7);

    /// <summary><c>apr_…</c>.</summary>
    public required string Id { get; init; }

    /// <inheritdoc/>
    public required string WorkspaceId { get; init; }

    /// <summary>The teammate that would send it.</summary>
    public required string TeammateId { get; init; }

    /// <summary>The conversation it comes from; opaque here.</summary>
    public required string ConversationId { get; init; }

    /// <summary>The reply it belongs to; opaque here.</summary>
    public required string MessageId { get; init; }

    /// <summary>Whether readers who hold a key may see it: its conversation was begun by software.</summary>
    public required bool VisibleToKeys { get; init; }

    /// <summary>What it is: <see cref="Email"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>How far it is.</summary>
    public required ApprovalState State { get; init; }

    /// <summary>What would leave, as JSON; see <see cref="EmailContent.ToJson"/>.</summary>
    public required string Content { get; init; }

    /// <summary>Hash of <see cref="Content"/>.</summary>
    public required string ContentHash { get; init; }

    /// <summary>Hash that was approved, or null. Only content with this hash may leave.</summary>
    public string? ApprovedHash { get; init; }

    /// <summary>Whether a person has changed it.</summary>
    public bool Edited { get; init; }

    /// <summary>Kind of who asked.</summary>
    public required RequesterKind RequestedByKind { get; init; }

    /// <summary>Id of who asked.</summary>
    public required string RequestedById { get; init; }

    /// <summary>Name of who asked, at that moment.</summary>
    public required string RequestedByName { get; init; }

    /// <summary>Public id of the key that asked, itself or through a hook, or null.</summary>
    public required string? RequestedByTokenId { get; init; }

    /// <summary>When it was asked for.</summary>
    public required DateTimeOffset RequestedAt { get; init; }

    /// <summary>When a waiting one expires.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>When it was decided, or null.</summary>
    public DateTimeOffset? DecidedAt { get; init; }

    /// <summary>Id of the person who decided, or null.</summary>
    public string? DecidedById { get; init; }

    /// <summary>Name of the person who decided, at that moment, or null.</summary>
    public string? DecidedByName { get; init; }

    /// <summary>Whether the workspace's setting decided: Ask before sending was off.</summary>
    public bool DecidedBySetting { get; init; }

    /// <summary>A person's word to the teammate about a no, or null.</summary>
    public string? DeclineReason { get; init; }

    /// <summary>The attempt to send it that runs or ran last, or null.</summary>
    public string? AttemptId { get; init; }

    /// <summary>Until when the running attempt counts as running. After it nobody knows how it ended.</summary>
    public DateTimeOffset? SendingUntil { get; init; }

    /// <summary>When it was sent or saved, or null.</summary>
    public DateTimeOffset? SentAt { get; init; }

    /// <summary>Why it has not left, or null.</summary>
    public SendFailure? Failure { get; init; }

    /// <summary>The server's own words about it, or null.</summary>
    public string? FailureDetail { get; init; }

    /// <summary>When a person put a failed one aside, or null.</summary>
    public DateTimeOffset? SetAsideAt { get; init; }

    /// <summary>What the asker attached: a JSON object of strings.</summary>
    public required string Metadata { get; init; }

    /// <summary>What would leave.</summary>
    public EmailContent ReadContent() => EmailContent.FromJson(Content);

    /// <summary>What the asker attached.</summary>
    public IReadOnlyDictionary<string, string> ReadMetadata() => JsonSerializer.Deserialize<Dictionary<string, string>>(Metadata)!;

    /// <summary>Who asked.</summary>
    public Requester RequestedBy => new(RequestedByKind, RequestedById, RequestedByName);

    /// <summary>How the row is stored.</summary>
    internal sealed class Configuration : IEntityTypeConfiguration<Approval>
    {
        public void Configure(EntityTypeBuilder<Approval> builder)
        {
            builder.ToTable("Approvals");
            builder.Ignore(approval => approval.RequestedBy);
            builder.Property(approval => approval.Kind).HasMaxLength(32);
            builder.Property(approval => approval.ContentHash).HasMaxLength(64);
            builder.Property(approval => approval.ApprovedHash).HasMaxLength(64);
            builder.Property(approval => approval.DeclineReason).HasMaxLength(ApprovalService.LongestReason);
            builder.Property(approval => approval.FailureDetail).HasMaxLength(300);

            // The queue, the lists of a teammate, a reply's own, a key's own, and what the sender and the sweeper look for.
            builder.HasIndex(approval => new { approval.WorkspaceId, approval.State, approval.RequestedAt });
            builder.HasIndex(approval => new { approval.TeammateId, approval.RequestedAt });
            builder.HasIndex(approval => approval.MessageId);
            builder.HasIndex(approval => new { approval.RequestedByTokenId, approval.State });
            builder.HasIndex(approval => approval.State).HasFilter("\"State\" IN (0, 1, 2)");
            builder.HasOne<Teammate>().WithMany().HasForeignKey(approval => approval.TeammateId).OnDelete(DeleteBehavior.Restrict);
        }
    }
}
