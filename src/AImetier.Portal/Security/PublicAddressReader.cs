using System.Buffers;
using System.Globalization;
using System.Net;

namespace AImetier.Portal.Security;

/// <summary>
/// Reads the text of an address strictly: what has two readings is refused, so that what is checked, shown and called is the same.
/// </summary>
/// <remarks>RFC 3986, RFC 1123 section 2.1 (host names); WHATWG URL, "ends in a number".</remarks>
public static class PublicAddressReader
{
    /// <summary>Characters of the longest address.</summary>
    public const int LongestAddress = 2_000;

    private const int LongestHost = 253;
    private const int LongestLabel = 63;
    private const int FirstFreePort = 1024;
    private static readonly SearchValues<char> LabelCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-_");

    /// <summary>Reads an address without asking anybody about it.</summary>
    /// <param name="text">What a person typed, or what is stored.</param>
    /// <param name="allowHttp">Whether <c>http://</c> is as good as <c>https://</c>.</param>
    /// <returns>Good with the address as it is to be called, or what is wrong with its text.</returns>
    public static PublicAddressCheck Read(string? text, bool allowHttp)
    {
        var trimmed = (text ?? "").Trim();
        if (trimmed.Length > LongestAddress)
            return new PublicAddressCheck.TooLong();
        if (trimmed.Any(IsUnwanted) || !Uri.TryCreate(trimmed, UriKind.Absolute, out var uri) || AuthorityOf(trimmed, uri.Scheme) is not { Length: > 0 } authority)
            return new PublicAddressCheck.Unreadable();
        if (uri.Scheme != Uri.UriSchemeHttps && !(allowHttp && uri.Scheme == Uri.UriSchemeHttp))
            return new PublicAddressCheck.NotHttps();
        if (authority.Contains('@', StringComparison.Ordinal))
            return new PublicAddressCheck.HasUserInfo();
        if (HostOf(uri, authority) is not { } host)
            return new PublicAddressCheck.NotAHostName();
        if (uri.Port < FirstFreePort && uri.Port is not (80 or 443))
            return new PublicAddressCheck.OtherPort(uri.Port);

        var address = new UriBuilder(uri.Scheme, host, uri.Port, uri.AbsolutePath) { Query = uri.Query }.Uri;
        return address.AbsoluteUri.Length > LongestAddress ? new PublicAddressCheck.TooLong() : new PublicAddressCheck.Good(address);
    }

    // Between the slashes and the path, as it was typed. "https:x" and "https:///x" have none, whatever a parser makes of them.
    private static string? AuthorityOf(string text, string scheme)
    {
        var start = scheme.Length + 3;
        if (text.Length <= start || string.CompareOrdinal(text, scheme.Length, "://", 0, 3) != 0)
            return null;
        var end = text.AsSpan(start).IndexOfAny('/', '?', '#');
        return end < 0 ? text[start..] : text[start..(start + end)];
    }

    private static string? HostOf(Uri uri, string authority)
    {
        if (authority.Contains('%', StringComparison.Ordinal))
            return null;
        switch (uri.HostNameType)
        {
            case UriHostNameType.IPv6:
                return uri.Host;

            // Parsers take 2130706433, 0x7f.1 and 0177.0.0.1 for 127.0.0.1. Nobody who means well writes it so.
            case UriHostNameType.IPv4:
                return authority == uri.Host || authority.StartsWith(uri.Host + ":", StringComparison.Ordinal) ? uri.Host : null;
            case UriHostNameType.Dns:
                return AsciiOf(uri) is { } name && IsHostName(name) ? name : null;
            default:
                return null;
        }
    }

    private static string? AsciiOf(Uri uri)
    {
        try
        {
            return uri.IdnHost.ToLowerInvariant();
        }
        catch (UriFormatException)
        {
            return null;
        }
    }

    // A last label that is a number would make an address of the whole, for some reader or other.
    private static bool IsHostName(string name)
    {
        if (name.Length > LongestHost || IPAddress.TryParse(name, out _))
            return false;
        var labels = name.Split('.');
        return labels.All(IsLabel) && !char.IsAsciiDigit(labels[^1][0]);
    }

    private static bool IsLabel(string label) =>
        label.Length is > 0 and <= LongestLabel && !label.AsSpan().ContainsAnyExcept(LabelCharacters) && label[0] != '-' && label[^1] != '-';

    private static bool IsUnwanted(char character) => character == '\\' || char.IsWhiteSpace(character) || char.GetUnicodeCategory(character) is
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned;
}
