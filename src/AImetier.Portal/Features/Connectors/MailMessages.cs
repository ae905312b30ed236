using MimeKit;
using MimeKit.Text;

namespace AImetier.Portal.Features.Connectors;

/// <summary>Makes the message that leaves out of what was approved: plain text, one recipient, nothing else.</summary>
/// <param name="time">The clock.</param>
public sealed class MailMessages(TimeProvider time)
{
    /// <summary>Composes a message.</summary>
    /// <param name="approvalId">Makes the message id, the same at every attempt, so that a second copy can be recognized.</param>
    /// <param name="from">The sender.</param>
    /// <param name="content">What was approved.</param>
    /// <remarks>RFC 5322, 3.6.4 for the message id.</remarks>
    public MimeMessage Compose(string approvalId, MailboxAddress from, EmailContent content)
    {
        var message = new MimeMessage
        {
            Subject = content.Subject,
            Date = time.GetUtcNow(),
            MessageId = $"{approvalId}@{from.Domain}",
            Body = new TextPart(TextFormat.Plain) { Text = content.Body },
        };
        message.From.Add(from);
        message.To.Add(new MailboxAddress(null, content.To));
        return message;
    }
}
