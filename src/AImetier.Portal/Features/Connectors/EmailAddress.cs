using System.Globalization;

namespace AImetier.Portal.Features.Connectors;

/// <summary>Checks addresses that mail would be sent to: one plain address, strictly, so that nobody is addressed who was not shown.</summary>
/// <remarks>The dot-atom form of RFC 5321, 4.1.2; quoted local parts, comments, routes and address literals are refused. Letters beyond ASCII are allowed in the domain alone, as IDNA makes them ASCII.</remarks>
public static class EmailAddress
{
    private static readonly IdnMapping Idn = new() { UseStd3AsciiRules = true };

    /// <summary>Whether it is one address.</summary>
    /// <param name="address">From outside.</param>
    public static bool IsGood(string? address)
    {
        if (address is null or { Length: > EmailContent.LongestTo })
            return false;
        var at = address.LastIndexOf('@');
        return at is > 0 and <= 64 && IsLocal(address.AsSpan(0, at)) && IsDomain(address[(at + 1)..]);
    }

    private static bool IsLocal(ReadOnlySpan<char> local)
    {
        if (local[0] == '.' || local[^1] == '.' || local.Contains("..", StringComparison.Ordinal))
            return false;
        foreach (var character in local)
        {
            if (!char.IsAsciiLetterOrDigit(character) && !"!#$%&'*+-/=?^_`{|}~.".Contains(character, StringComparison.Ordinal))
                return false;
        }

        return true;
    }

    private static bool IsDomain(string domain)
    {
        try
        {
            var ascii = Idn.GetAscii(domain);
            return ascii.Length is > 0 and <= 253 && Uri.CheckHostName(ascii) == UriHostNameType.Dns && !ascii.EndsWith('.');
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
