using AImetier.Portal.Data;
using Microsoft.EntityFrameworkCore;
using MimeKit;

namespace AImetier.Portal.Features.Connectors;

/// <summary>E-mail out of the current workspace: through its mail server, or, while none is connected, into the practice outbox where that is on.</summary>
/// <param name="db">The database.</param>
/// <param name="smtp">Speaks to mail servers.</param>
/// <param name="outbox">The practice outbox.</param>
/// <param name="messages">Composes messages.</param>
public sealed class EmailChannel(PortalDbContext db, SmtpMail smtp, PracticeOutbox outbox, MailMessages messages) : IOutwardChannel
{
    private static readonly MailboxAddress Practice = new("AImetier Portal", "practice@portal.invalid");

    /// <inheritdoc/>
    public async Task<ChannelState> StateAsync(CancellationToken cancellationToken) =>
        await db.Set<EmailConnector>().AnyAsync(cancellationToken) ? ChannelState.Connected
        : outbox.IsOn ? ChannelState.Practice
        : ChannelState.NotConnected;

    /// <inheritdoc/>
    public async Task<SendOutcome> SendAsync(string approvalId, EmailContent content, CancellationToken cancellationToken)
    {
        if (await db.Set<EmailConnector>().AsNoTracking().SingleOrDefaultAsync(CancellationToken.None) is { } connector)
            return await smtp.SendAsync(connector, messages.Compose(approvalId, connector.From(), content), cancellationToken);
        return outbox.IsOn
            ? await outbox.SaveAsync(approvalId, messages.Compose(approvalId, Practice, content), cancellationToken)
            : new SendOutcome.NotConnected();
    }
}
