namespace AImetier.Portal.Features.Connectors;

/// <summary>Why something has surely not left.</summary>
public enum SendFailure
{
    /// <summary>The server could not be reached, or broke off before the message was handed over.</summary>
    Unreachable = 0,

    /// <summary>The server did not take user name and password.</summary>
    SignInRefused = 1,

    /// <summary>The server refused the sender's address.</summary>
    SenderRefused = 2,

    /// <summary>The server refused the recipient.</summary>
    RecipientRefused = 3,

    /// <summary>The server refused the message.</summary>
    MessageRefused = 4,

    /// <summary>No secure connection could be made.</summary>
    TlsFailed = 5,

    /// <summary>The stored password can no longer be read: the key ring was lost.</summary>
    PasswordLost = 6,

    /// <summary>The practice outbox could not be written.</summary>
    OutboxNotWritable = 7,
}
