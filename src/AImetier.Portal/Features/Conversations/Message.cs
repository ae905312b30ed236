using System.Text.Json;
using AImetier.Portal.Data;
using AImetier.Portal.Features.Approvals;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AImetier.Portal.Features.Conversations;

/// <summary>A question or a reply. It is added once; only a working reply changes, once, to its end.</summary>
public sealed class Message : IWorkspaceOwned
{
    /// <summary><c>msg_…</c>.</summary>
    public required string Id { get; init; }

    /// <inheritdoc/>
    public required string WorkspaceId { get; init; }

    /// <summary>Its conversation.</summary>
    public required string ConversationId { get; init; }

    /// <summary>Place in the conversation, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>Who wrote it.</summary>
    public required MessageAuthor Author { get; init; }

    /// <summary>How far it is.</summary>
    public required MessageStatus Status { get; init; }

    /// <summary>What it says.</summary>
    public required string Text { get; init; }

    /// <summary>When it was added.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Name of the model that wrote it; null for questions.</summary>
    public required string? Model { get; init; }

    /// <summary>Kind of who asked; of a reply, who asked its question.</summary>
    public required RequesterKind RequestedByKind { get; init; }

    /// <summary>Id of the person, key or hook that asked.</summary>
    public required string RequestedById { get; init; }

    /// <summary>Name of who asked, at that moment.</summary>
    public required string RequestedByName { get; init; }

    /// <summary>Public id of the key that asked, itself or through a hook, or null.</summary>
    public required string? RequestedByTokenId { get; init; }

    /// <summary>Until when a working reply counts as worked on; its process renews it. Null for questions.</summary>
    public DateTimeOffset? WorkedOnUntil { get; init; }

    /// <summary>Why a failed or stopped reply ended; else null.</summary>
    public ReplyEnd? End { get; init; }

    /// <summary>When somebody asked to stop a working reply, or null.</summary>
    public DateTimeOffset? StopRequestedAt { get; init; }

    /// <summary>What the asker attached: a JSON object of strings.</summary>
    public required string Metadata { get; init; }

    /// <summary>The question a reply answers; null for questions.</summary>
    public required string? ReplyToId { get; init; }

    /// <summary>Who asked.</summary>
    public Requester RequestedBy => new(RequestedByKind, RequestedById, RequestedByName);

    /// <summary>What the asker attached.</summary>
    public IReadOnlyDictionary<string, string> ReadMetadata() => JsonSerializer.Deserialize<Dictionary<string, string>>(Metadata)!;

    /// <summary>How the row is stored.</summary>
    internal sealed class Configuration : IEntityTypeConfiguration<Message>
    {
        public void Configure(EntityTypeBuilder<Message> builder)
        {
            builder.ToTable("Messages");
            builder.Ignore(message => message.RequestedBy);
            builder.HasIndex(message => new { message.ConversationId, message.Number }).IsUnique();
            builder.HasIndex(message => new { message.RequestedByTokenId, message.CreatedAt });
            builder.HasIndex(message => new { message.RequestedById, message.Author, message.CreatedAt }, "IX_Messages_OfHooks").HasFilter("\"RequestedByKind\" = 2");
            builder.HasIndex(message => message.Status).HasFilter("\"Status\" = 0");

            // One ask at a time, whatever the code above does.
            builder.HasIndex(message => message.ConversationId, "IX_Messages_OneWorking").IsUnique().HasFilter("\"Status\" = 0");
            builder.HasOne<Conversation>().WithMany().HasForeignKey(message => message.ConversationId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}
