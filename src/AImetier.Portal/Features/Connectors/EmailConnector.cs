using AImetier.Portal.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AImetier.Portal.Features.Connectors;

/// <summary>The workspace's own mail server. One row at most per workspace.</summary>
public sealed class EmailConnector : IWorkspaceOwned
{
    /// <inheritdoc/>
    public required string WorkspaceId { get; init; }

    /// <summary>Name or address of the SMTP server.</summary>
    public required string Host { get; set; }

    /// <summary>Port, 1 to 65,535.</summary>
    public required int Port { get; set; }

    /// <summary>How the connection is protected.</summary>
    public required EmailTls Tls { get; set; }

    /// <summary>User name, or null when the server asks for none.</summary>
    public string? UserName { get; set; }

    /// <summary>The password, encrypted with Data Protection; null without a user.</summary>
    public string? ProtectedPassword { get; set; }

    /// <summary>Address that mail comes from.</summary>
    public required string FromAddress { get; set; }

    /// <summary>Name that mail comes from, or null.</summary>
    public string? FromName { get; set; }

    /// <summary>When it was connected or last changed.</summary>
    public required DateTimeOffset ChangedAt { get; set; }

    /// <summary>When a test was last accepted by the server, or null.</summary>
    public DateTimeOffset? TestedAt { get; set; }

    /// <summary>When admins were last told by e-mail that something waits, or null.</summary>
    public DateTimeOffset? WaitingToldAt { get; set; }

    /// <summary>The sender as people write it, for example <c>The Bakery &lt;mail@bakery.test&gt;</c>.</summary>
    public string Sender => FromName is null ? FromAddress : $"{FromName} <{FromAddress}>";

    /// <summary>The sender of mail.</summary>
    public MimeKit.MailboxAddress From() => new(FromName, FromAddress);

    /// <summary>How the row is stored.</summary>
    internal sealed class Configuration : IEntityTypeConfiguration<EmailConnector>
    {
        public void Configure(EntityTypeBuilder<EmailConnector> builder)
        {
            builder.ToTable("EmailConnectors");
            builder.HasKey(connector => connector.WorkspaceId);
            builder.Property(connector => connector.Host).HasMaxLength(253);
            builder.Property(connector => connector.UserName).HasMaxLength(256);
            builder.Property(connector => connector.FromAddress).HasMaxLength(EmailContent.LongestTo);
            builder.Property(connector => connector.FromName).HasMaxLength(200);
        }
    }
}
