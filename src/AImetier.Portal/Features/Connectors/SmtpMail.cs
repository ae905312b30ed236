using MimeKit;

namespace AImetier.Portal.Features.Connectors;

/// <summary>Speaks SMTP to the workspace's mail server.</summary>
public sealed class SmtpMail
{
    /// <summary>Sends once.</summary>
    /// <param name="connector">The server.</param>
    /// <param name="message">The message.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<SendOutcome> SendAsync(EmailConnector connector, MimeMessage message, CancellationToken cancellationToken) =>
        Task.FromResult<SendOutcome>(new SendOutcome.NotConnected());
}
