using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace AImetier.Portal.Features.Connectors;

/// <summary>Speaks SMTP to the workspace's mail server.</summary>
/// <param name="passwords">Reads the password.</param>
/// <param name="trust">Judges certificates.</param>
/// <param name="time">The clock.</param>
/// <remarks>RFC 5321; RFC 3207 for STARTTLS; RFC 8314 for TLS from the first byte.</remarks>
public sealed class SmtpMail(MailPassword passwords, MailTrust trust, TimeProvider time)
{
    /// <summary>How long connecting may take, up to a secured connection.</summary>
    public static readonly TimeSpan LongestConnect = TimeSpan.FromSeconds(20);

    /// <summary>How long the whole may take.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(100);

    private static readonly TimeSpan LongestGoodbye = TimeSpan.FromSeconds(5);

    /// <summary>Sends once.</summary>
    /// <param name="connector">The server.</param>
    /// <param name="message">The message.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<SendOutcome> SendAsync(EmailConnector connector, MimeMessage message, CancellationToken cancellationToken)
    {
        var password = passwords.Read(connector);
        if (connector.UserName is not null && password is null)
            return new SendOutcome.Failed(SendFailure.PasswordLost, null);

        using var limit = new CancellationTokenSource(Longest, time);
        using var whole = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        using var session = new SmtpSession(trust);
        try
        {
            await ConnectAsync(session, connector, whole.Token);
            session.Phase = SmtpPhase.SigningIn;
            if (connector.UserName is { } user)
                await session.AuthenticateAsync(user, password!, whole.Token);
            session.Phase = SmtpPhase.Sender;
            await session.SendAsync(message, whole.Token, session);
        }
        catch (Exception e) when (IsOfTheOtherSide(e))
        {
            return Judge(session.Phase, connector, password, e);
        }

        await SayGoodbyeAsync(session);
        return new SendOutcome.Sent();
    }

    private static bool IsOfTheOtherSide(Exception e) => e is CommandException or ProtocolException or IOException or System.Net.Sockets.SocketException
        or OperationCanceledException or TimeoutException or AuthenticationException or SslHandshakeException or ServiceNotAuthenticatedException
        or ServiceNotConnectedException or NotSupportedException or System.Security.Authentication.AuthenticationException;

    private static SendOutcome Judge(SmtpPhase phase, EmailConnector connector, string? password, Exception e)
    {
        // Whoever answered no has not taken it, however late.
        if ((e is AuthenticationException ? e.InnerException : e) is SmtpCommandException answer)
        {
            var failure = answer.ErrorCode switch
            {
                SmtpErrorCode.SenderNotAccepted => SendFailure.SenderRefused,
                SmtpErrorCode.RecipientNotAccepted => SendFailure.RecipientRefused,
                SmtpErrorCode.MessageNotAccepted => SendFailure.MessageRefused,
                _ => Refusal(phase, connector.Tls, answer.StatusCode),
            };
            return new SendOutcome.Failed(failure, ServerWords.Of((int)answer.StatusCode, answer.Message, connector.UserName, password));
        }

        return e switch
        {
            ServiceNotAuthenticatedException => new SendOutcome.Failed(
                SendFailure.SignInRefused, ServerWords.Of((int)SmtpStatusCode.AuthenticationRequired, e.Message, connector.UserName, password)),
            _ when phase == SmtpPhase.Written => new SendOutcome.Uncertain(),
            SslHandshakeException or System.Security.Authentication.AuthenticationException => new SendOutcome.Failed(SendFailure.TlsFailed, null),
            NotSupportedException when phase == SmtpPhase.Connecting => new SendOutcome.Failed(SendFailure.TlsFailed, null),
            AuthenticationException or NotSupportedException when phase == SmtpPhase.SigningIn => new SendOutcome.Failed(SendFailure.SignInRefused, null),
            _ => new SendOutcome.Failed(SendFailure.Unreachable, null),
        };
    }

    private static SendFailure Refusal(SmtpPhase phase, EmailTls tls, SmtpStatusCode code) => phase switch
    {
        SmtpPhase.Connecting when tls == EmailTls.StartTls && IsAboutStartTls(code) => SendFailure.TlsFailed,
        SmtpPhase.Connecting => SendFailure.Unreachable,
        SmtpPhase.SigningIn => SendFailure.SignInRefused,
        SmtpPhase.Sender => SendFailure.SenderRefused,
        SmtpPhase.Recipient => SendFailure.RecipientRefused,
        _ => SendFailure.MessageRefused,
    };

    // RFC 3207, 4: 454 when TLS is not available just now, 501 for a syntax error; a greeting refuses with 421 or 554.
    private static bool IsAboutStartTls(SmtpStatusCode code) => (int)code is 454 or (>= 500 and <= 504);

    private async Task SayGoodbyeAsync(SmtpSession session)
    {
        try
        {
            using var limit = new CancellationTokenSource(LongestGoodbye, time);
            await session.DisconnectAsync(quit: true, limit.Token);
        }
        catch (Exception e) when (IsOfTheOtherSide(e))
        {
            // The message was taken before; how the conversation ends changes nothing.
        }
    }

    private async Task ConnectAsync(SmtpSession session, EmailConnector connector, CancellationToken cancellationToken)
    {
        var security = connector.Tls switch
        {
            EmailTls.StartTls => SecureSocketOptions.StartTls,
            EmailTls.Implicit => SecureSocketOptions.SslOnConnect,
            _ => SecureSocketOptions.None,
        };
        using var limit = new CancellationTokenSource(LongestConnect, time);
        using var connecting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        await session.ConnectAsync(connector.Host, connector.Port, security, connecting.Token);
    }
}
