namespace AImetier.Portal.Features.Connectors;

/// <summary>How far a conversation with a mail server has come.</summary>
internal enum SmtpPhase
{
    /// <summary>Connecting, up to a secured connection.</summary>
    Connecting,

    /// <summary>User name and password.</summary>
    SigningIn,

    /// <summary>Sender, MAIL.</summary>
    Sender,

    /// <summary>Recipient, RCPT.</summary>
    Recipient,

    /// <summary>The server was asked to take the message, DATA.</summary>
    Message,

    /// <summary>The message is on its way: without an answer nobody knows whether it was taken.</summary>
    Written,
}
