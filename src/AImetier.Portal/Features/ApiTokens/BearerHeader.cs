using Microsoft.Extensions.Primitives;

namespace AImetier.Portal.Features.ApiTokens;

/// <summary>Outcome of reading the <c>Authorization</c> header, before any key is looked at.</summary>
/// <remarks>RFC 9110, section 11.6.2; RFC 6750, section 2.1. Kestrel lets through what RFC 9110 forbids, so it is refused here.</remarks>
public abstract record BearerHeader
{
    private const string Scheme = "Bearer";
    private static readonly Missing NoKey = new();

    private BearerHeader()
    {
    }

    /// <summary>Reads the header's values.</summary>
    /// <param name="values">All values of the header.</param>
    public static BearerHeader Read(StringValues values)
    {
        if (values.Count > 1)
            return new Malformed("Send one Authorization header.");
        var value = values.ToString();
        foreach (var character in value)
        {
            if (character is < ' ' or > '~')
                return new Malformed("The Authorization header holds a TAB or a character outside visible ASCII. Write 'Bearer', one space, and the key.");
        }

        var text = value.AsSpan().Trim(' ');
        var schemeEnd = text.IndexOf(' ');
        var scheme = schemeEnd < 0 ? text : text[..schemeEnd];
        if (!scheme.Equals(Scheme, StringComparison.OrdinalIgnoreCase))
            return NoKey;

        var key = schemeEnd < 0 ? [] : text[schemeEnd..].TrimStart(' ');
        if (key.ContainsAny(' ', ','))
            return new Malformed("The Authorization header holds more than one value. Write 'Bearer', one space, and one key.");
        return new Key(key.ToString());
    }

    /// <summary>No header, an empty one, or another scheme.</summary>
    public sealed record Missing : BearerHeader;

    /// <summary>More than one header or value, or characters that may not stand in one.</summary>
    /// <param name="Detail">What is wrong, for a developer. Never a part of the header.</param>
    public sealed record Malformed(string Detail) : BearerHeader;

    /// <summary>One word after <c>Bearer</c>, perhaps empty.</summary>
    /// <param name="Text">The word. It is a secret.</param>
    public sealed record Key(string Text) : BearerHeader
    {
        /// <summary>The kind only: the word is a secret.</summary>
        public override string ToString() => nameof(Key);
    }
}
