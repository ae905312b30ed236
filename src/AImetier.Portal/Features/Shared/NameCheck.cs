using System.Globalization;
using System.Text;

namespace AImetier.Portal.Features.Shared;

/// <summary>Outcome of checking a short text that people give to things: names of keys, teammates, people, the business.</summary>
/// <remarks>Unicode TR 36 (bidirectional and invisible characters); length is counted in grapheme clusters, UAX 29.</remarks>
public abstract record NameCheck
{
    private static readonly Dictionary<int, string> Named = new()
    {
        [0x061C] = "ARABIC LETTER MARK",
        [0x200B] = "ZERO WIDTH SPACE",
        [0x200E] = "LEFT-TO-RIGHT MARK",
        [0x200F] = "RIGHT-TO-LEFT MARK",
        [0x2028] = "LINE SEPARATOR",
        [0x2029] = "PARAGRAPH SEPARATOR",
        [0x202A] = "LEFT-TO-RIGHT EMBEDDING",
        [0x202B] = "RIGHT-TO-LEFT EMBEDDING",
        [0x202C] = "POP DIRECTIONAL FORMATTING",
        [0x202D] = "LEFT-TO-RIGHT OVERRIDE",
        [0x202E] = "RIGHT-TO-LEFT OVERRIDE",
        [0x2060] = "WORD JOINER",
        [0x2066] = "LEFT-TO-RIGHT ISOLATE",
        [0x2067] = "RIGHT-TO-LEFT ISOLATE",
        [0x2068] = "FIRST STRONG ISOLATE",
        [0x2069] = "POP DIRECTIONAL ISOLATE",
        [0xFEFF] = "ZERO WIDTH NO-BREAK SPACE",
    };

    private NameCheck()
    {
    }

    /// <summary>Trims and checks a text.</summary>
    /// <param name="text">What was typed; null counts as empty.</param>
    /// <param name="longest">Most characters, as a person counts them.</param>
    public static NameCheck Of(string? text, int longest)
    {
        var trimmed = (text ?? "").Trim();
        if (trimmed.Length == 0)
            return new Empty();
        foreach (var rune in trimmed.EnumerateRunes())
        {
            if (!Allows(rune))
                return new Forbidden($"U+{rune.Value:X4}{(Named.TryGetValue(rune.Value, out var name) ? " " + name : "")}");
        }

        // One grapheme may carry any number of marks: bound the stored length too.
        var characters = new StringInfo(trimmed).LengthInTextElements;
        return characters > longest || trimmed.Length > longest * 16 ? new TooLong(characters) : new Good(trimmed);
    }

    /// <summary>Whether a name may hold a character: no control, bidirectional or invisible one.</summary>
    /// <param name="rune">The character.</param>
    public static bool Allows(Rune rune) =>
        !Named.ContainsKey(rune.Value) && rune != Rune.ReplacementChar
        && Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Surrogate or UnicodeCategory.OtherNotAssigned or UnicodeCategory.PrivateUse);

    /// <summary>The text may be stored.</summary>
    /// <param name="Text">Trimmed.</param>
    public sealed record Good(string Text) : NameCheck;

    /// <summary>Nothing was typed.</summary>
    public sealed record Empty : NameCheck;

    /// <summary>Too many characters.</summary>
    /// <param name="Characters">As a person counts them.</param>
    public sealed record TooLong(int Characters) : NameCheck;

    /// <summary>A control, bidirectional or invisible character.</summary>
    /// <param name="Character">Its code point and name, for example <c>U+202E RIGHT-TO-LEFT OVERRIDE</c>.</param>
    public sealed record Forbidden(string Character) : NameCheck;
}
