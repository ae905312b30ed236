using AImetier.Portal.Data;
using AImetier.Portal.Features.Teammates;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AImetier.Portal.Features.Conversations;

/// <summary>Questions to one teammate and its replies.</summary>
public sealed class Conversation : IWorkspaceOwned
{
    /// <summary>Most characters of a title.</summary>
    public const int LongestTitle = 80;

    /// <summary><c>cv_…</c>.</summary>
    public required string Id { get; init; }

    /// <inheritdoc/>
    public required string WorkspaceId { get; init; }

    /// <summary>The teammate that is asked.</summary>
    public required string TeammateId { get; init; }

    /// <summary>First line of the first question, or what a person called it; at most 80 characters.</summary>
    public required string Title { get; init; }

    /// <summary>Through which door it was begun.</summary>
    public required ConversationSource Source { get; init; }

    /// <summary>Id of the person, key or hook that began it.</summary>
    public required string StartedById { get; init; }

    /// <summary>Name of who began it, at that moment.</summary>
    public required string StartedByName { get; init; }

    /// <summary>Public id of the key that began it, itself or through a hook, or null.</summary>
    public required string? StartedByTokenId { get; init; }

    /// <summary>When it was begun.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When its latest message was added or ended.</summary>
    public required DateTimeOffset LastMessageAt { get; init; }

    /// <summary>Whether keys of the teammate may see it.</summary>
    public bool VisibleToKeys => Source != ConversationSource.Chat;

    /// <summary>How the row is stored.</summary>
    internal sealed class Configuration : IEntityTypeConfiguration<Conversation>
    {
        public void Configure(EntityTypeBuilder<Conversation> builder)
        {
            builder.ToTable("Conversations");
            builder.Property(conversation => conversation.Title).HasMaxLength(LongestTitle);
            builder.HasIndex(conversation => new { conversation.TeammateId, conversation.CreatedAt });
            builder.HasIndex(conversation => new { conversation.WorkspaceId, conversation.LastMessageAt });
            builder.HasOne<Teammate>().WithMany().HasForeignKey(conversation => conversation.TeammateId).OnDelete(DeleteBehavior.Restrict);
        }
    }
}
