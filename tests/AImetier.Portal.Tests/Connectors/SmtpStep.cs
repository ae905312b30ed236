namespace AImetier.Portal.Tests.Connectors;

/// <summary>Where a mail server can do something else than take the message.</summary>
public enum SmtpStep
{
    /// <summary>The greeting.</summary>
    Connect,

    /// <summary>The answer to STARTTLS.</summary>
    StartTls,

    /// <summary>The answer to user and password.</summary>
    SignIn,

    /// <summary>The answer to MAIL.</summary>
    Mail,

    /// <summary>The answer to RCPT.</summary>
    Rcpt,

    /// <summary>The answer to DATA.</summary>
    Data,

    /// <summary>The middle of the message.</summary>
    Body,

    /// <summary>The answer to the whole message.</summary>
    Message,

    /// <summary>The answer to QUIT.</summary>
    Quit,
}
