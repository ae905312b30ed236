namespace AImetier.Portal.Features.Connectors;

/// <summary>How the connection to a mail server is protected.</summary>
public enum EmailTls
{
    /// <summary>STARTTLS, usually port 587. Without it nothing is sent.</summary>
    StartTls = 0,

    /// <summary>TLS from the first byte, usually port 465.</summary>
    Implicit = 1,

    /// <summary>Not at all: for a server on this machine.</summary>
    None = 2,
}
