using MailKit;
using MailKit.Net.Smtp;
using MimeKit;

namespace AImetier.Portal.Features.Connectors;

/// <summary>A conversation with a mail server that knows how far it has come.</summary>
internal sealed class SmtpSession : SmtpClient, ITransferProgress
{
    /// <summary>A conversation that has not begun.</summary>
    /// <param name="trust">Judges the certificate.</param>
    public SmtpSession(MailTrust trust)
    {
        CheckCertificateRevocation = false;
        ServerCertificateValidationCallback = (_, certificate, chain, errors) => trust.Accepts(certificate, chain, errors);
    }

    /// <summary>How far it has come.</summary>
    public SmtpPhase Phase { get; set; }

    /// <inheritdoc/>
    public void Report(long bytesTransferred, long totalSize) => Phase = SmtpPhase.Written;

    /// <inheritdoc/>
    public void Report(long bytesTransferred) => Phase = SmtpPhase.Written;

    /// <inheritdoc/>
    protected override void OnSenderAccepted(MimeMessage message, MailboxAddress mailbox, SmtpResponse response) => Phase = SmtpPhase.Recipient;

    /// <inheritdoc/>
    protected override void OnRecipientAccepted(MimeMessage message, MailboxAddress mailbox, SmtpResponse response) => Phase = SmtpPhase.Message;
}
