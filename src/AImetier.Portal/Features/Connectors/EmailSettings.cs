using System.Globalization;
using System.Net;
using AImetier.Portal.Features.Shared;

namespace AImetier.Portal.Features.Connectors;

/// <summary>A mail server's settings, checked.</summary>
/// <param name="Host">Name or address of the server.</param>
/// <param name="Port">Port.</param>
/// <param name="Tls">How the connection is protected.</param>
/// <param name="UserName">User name, or null.</param>
/// <param name="FromAddress">Address that mail comes from.</param>
/// <param name="FromName">Name that mail comes from, or null.</param>
public sealed record EmailSettings(string Host, int Port, EmailTls Tls, string? UserName, string FromAddress, string? FromName)
{
    private const int LongestHost = 253;
    private const int LongestUser = 256;
    private const int LongestPassword = 1000;
    private const int LongestFromName = 100;

    /// <summary>Checks what was typed.</summary>
    /// <param name="form">What was typed.</param>
    /// <param name="problems">The problem of each field that does not fit, by its name in the form.</param>
    /// <returns>The settings; good only when there is no problem.</returns>
    public static EmailSettings Read(EmailForm form, IDictionary<string, ConnectorProblem> problems)
    {
        var host = (form.Host ?? "").Trim().Trim('[', ']');
        if (host.Length == 0)
            problems[nameof(form.Host)] = ConnectorProblem.NoHost;
        else if (host.Length > LongestHost || Uri.CheckHostName(host) is not (UriHostNameType.Dns or UriHostNameType.IPv4 or UriHostNameType.IPv6))
            problems[nameof(form.Host)] = ConnectorProblem.BadHost;

        if (!ushort.TryParse((form.Port ?? "").Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var port) || port == 0)
            problems[nameof(form.Port)] = ConnectorProblem.BadPort;

        // By name only: Enum.TryParse takes numbers too.
        var known = Enum.GetNames<EmailTls>().Contains(form.Tls, StringComparer.Ordinal);
        var tls = known ? Enum.Parse<EmailTls>(form.Tls!) : EmailTls.StartTls;
        if (!known)
            problems[nameof(form.Tls)] = ConnectorProblem.UnknownTls;

        var user = Optional(form.UserName, LongestUser, nameof(form.UserName), ConnectorProblem.BadUser, problems);
        if (tls == EmailTls.None && user is not null && !problems.ContainsKey(nameof(form.Host)) && !IsThisMachine(host))
            problems[nameof(form.Tls)] = ConnectorProblem.PasswordInTheOpen;
        if (user is null && !string.IsNullOrEmpty(form.Password))
            problems.TryAdd(nameof(form.UserName), ConnectorProblem.NoUser);
        if (form.Password is { Length: > LongestPassword } || (form.Password ?? "").Any(char.IsControl))
            problems[nameof(form.Password)] = ConnectorProblem.BadPassword;

        var from = (form.FromAddress ?? "").Trim();
        if (!EmailAddress.IsGood(from))
            problems[nameof(form.FromAddress)] = ConnectorProblem.BadFrom;
        var name = Optional(form.FromName, LongestFromName, nameof(form.FromName), ConnectorProblem.BadFromName, problems);
        return new EmailSettings(host, port, tls, user, from, name);
    }

    /// <summary>Whether a password stored for a connector may go where these settings lead: the same server, the same way, as the same user.</summary>
    /// <param name="connector">What is connected.</param>
    public bool LeadTo(EmailConnector connector) =>
        string.Equals(Host, connector.Host, StringComparison.OrdinalIgnoreCase) && Port == connector.Port && Tls == connector.Tls
        && string.Equals(UserName, connector.UserName, StringComparison.Ordinal);

    private static string? Optional(
        string? typed, int longest, string field, ConnectorProblem problem, IDictionary<string, ConnectorProblem> problems)
    {
        switch (NameCheck.Of(typed, longest))
        {
            case NameCheck.Empty:
                return null;
            case NameCheck.Good(var text) when text.Length <= longest:
                return text;
            default:
                problems[field] = problem;
                return typed;
        }
    }

    private static bool IsThisMachine(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}
