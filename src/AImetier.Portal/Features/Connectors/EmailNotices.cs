using AImetier.Portal.Data;
using Microsoft.EntityFrameworkCore;
using MimeKit;

namespace AImetier.Portal.Features.Connectors;

/// <summary>Mail of the Portal itself to the people of the workspace, through its mail server. The practice outbox takes none: only what was approved belongs there.</summary>
/// <param name="db">The database.</param>
/// <param name="smtp">Speaks to mail servers.</param>
/// <param name="messages">Composes messages.</param>
/// <remarks>RFC 3834, 5 for <c>Auto-Submitted</c>.</remarks>
public sealed class EmailNotices(PortalDbContext db, SmtpMail smtp, MailMessages messages)
{
    /// <summary>Sends once to a person of the current workspace. It never throws for what the other side does.</summary>
    /// <param name="to">The person's own address.</param>
    /// <param name="subject">One line.</param>
    /// <param name="body">Plain text.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<SendOutcome> SendAsync(string to, string subject, string body, CancellationToken cancellationToken)
    {
        if (await db.Set<EmailConnector>().AsNoTracking().SingleOrDefaultAsync(cancellationToken) is not { } connector)
            return new SendOutcome.NotConnected();
        var content = new EmailContent(to, subject, body);
        if (content.Problems() is { Count: > 0 } problems)
            return new SendOutcome.Failed(problems.ContainsKey("to") ? SendFailure.RecipientRefused : SendFailure.MessageRefused, null);

        // So that no absence note answers it.
        var message = messages.Compose(EntityId.New("ntc"), connector.From(), content);
        message.Headers.Add(HeaderId.AutoSubmitted, "auto-generated");
        return await smtp.SendAsync(connector, message, cancellationToken);
    }
}
