namespace AImetier.Portal.Features.Connectors;

/// <summary>Why a field of a mail server's settings does not fit.</summary>
public enum ConnectorProblem
{
    /// <summary>No name or address of the server.</summary>
    NoHost,

    /// <summary>It is neither the name of a host nor an IP address.</summary>
    BadHost,

    /// <summary>Not a whole number from 1 to 65,535.</summary>
    BadPort,

    /// <summary>Not one of the kinds of protection.</summary>
    UnknownTls,

    /// <summary>Without protection the password could be read on the way: only a server on this machine may be reached so.</summary>
    PasswordInTheOpen,

    /// <summary>Too long, or with characters that cannot be seen.</summary>
    BadUser,

    /// <summary>A password without a user name.</summary>
    NoUser,

    /// <summary>No password, and none is stored for exactly this server, port, protection and user.</summary>
    NoPassword,

    /// <summary>Too long, or with control characters.</summary>
    BadPassword,

    /// <summary>Not one e-mail address.</summary>
    BadFrom,

    /// <summary>Too long, or with characters that cannot be seen.</summary>
    BadFromName,
}
