namespace AImetier.Portal.Features.Connectors;

/// <summary>What is typed to connect a mail server, as it was typed.</summary>
public sealed class EmailForm
{
    /// <summary>Name or address of the server.</summary>
    public string? Host { get; set; }

    /// <summary>Port.</summary>
    public string? Port { get; set; }

    /// <summary>Name of an <see cref="EmailTls"/>.</summary>
    public string? Tls { get; set; }

    /// <summary>User name; empty when the server asks for none.</summary>
    public string? UserName { get; set; }

    /// <summary>Password; empty keeps the stored one. It is never shown again.</summary>
    public string? Password { get; set; }

    /// <summary>The password, sealed while the person proved who they are.</summary>
    public string? PasswordSealed { get; set; }

    /// <summary>Address that mail comes from.</summary>
    public string? FromAddress { get; set; }

    /// <summary>Name that mail comes from; may be empty.</summary>
    public string? FromName { get; set; }

    /// <summary>The form as it stands before anybody typed.</summary>
    /// <param name="connector">What is connected, or null.</param>
    public static EmailForm Of(EmailConnector? connector) => connector is null
        ? new EmailForm { Port = "587", Tls = nameof(EmailTls.StartTls) }
        : new EmailForm
        {
            Host = connector.Host,
            Port = connector.Port.ToString(System.Globalization.CultureInfo.InvariantCulture),
            Tls = connector.Tls.ToString(),
            UserName = connector.UserName,
            FromAddress = connector.FromAddress,
            FromName = connector.FromName,
        };
}
