using System.Globalization;
using System.Text;

namespace AImetier.Portal.Features.NeedsAttention;

/// <summary>
/// Cuts a text into what a reader sees and what they would not: invisible, control and direction characters, unusual spaces. What is shown for
/// approval must be what leaves.
/// </summary>
/// <remarks>Unicode 16: general categories, Default_Ignorable_Code_Point, and UAX #9 for direction.</remarks>
public static class VisibleText
{
    private const int ZeroWidthJoiner = 0x200D;

    /// <summary>The parts in their order. Equal hidden characters in a row are one part.</summary>
    /// <param name="text">Any text, also one with halves of surrogate pairs.</param>
    public static IReadOnlyList<Part> PartsOf(string text)
    {
        var parts = new List<Part>();
        var plain = new StringBuilder();
        var before = new Rune(' ');
        for (var i = 0; i < text.Length;)
        {
            var whole = Rune.TryGetRuneAt(text, i, out var rune);
            var length = whole ? rune.Utf16SequenceLength : 1;
            var code = whole ? rune.Value : text[i];
            var kind = !whole ? HiddenCharacter.NoMeaning : IsLineEnd(text, i) ? null : KindOf(rune, before, After(text, i + length));
            i += length;
            if (whole)
                before = rune;
            if (kind is not { } hidden)
            {
                plain.Append(text, i - length, length);
                continue;
            }

            if (plain.Length == 0 && parts is [.., { Hidden: not null } last] && last.Code == code)
            {
                parts[^1] = last with { Count = last.Count + 1 };
                continue;
            }

            if (plain.Length > 0)
                parts.Add(new Part(plain.ToString(), null, 0, 0));
            plain.Clear();
            parts.Add(new Part("", hidden, code, 1));
        }

        if (plain.Length > 0)
            parts.Add(new Part(plain.ToString(), null, 0, 0));
        return parts;
    }

    /// <summary>How many hidden characters texts hold.</summary>
    /// <param name="texts">Any texts.</param>
    public static int CountHidden(params IEnumerable<string> texts) => texts.Sum(text => PartsOf(text).Sum(part => part.Count));

    /// <summary>The ASCII form of a recipient's domain when it is written with other letters, else null.</summary>
    /// <param name="address">A checked e-mail address.</param>
    public static string? PlainDomainOf(string address)
    {
        var domain = address[(address.LastIndexOf('@') + 1)..];
        if (Ascii.IsValid(domain))
            return domain.Split('.').Any(label => label.StartsWith("xn--", StringComparison.OrdinalIgnoreCase)) ? domain : null;
        try
        {
            return new IdnMapping().GetAscii(domain);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static bool IsLineEnd(string text, int i) => text[i] == '\n' || (text[i] == '\r' && i + 1 < text.Length && text[i + 1] == '\n');

    private static Rune After(string text, int i) => i < text.Length && Rune.TryGetRuneAt(text, i, out var rune) ? rune : new Rune(' ');

    private static HiddenCharacter? KindOf(Rune rune, Rune before, Rune after) => rune.Value switch
    {
        '\t' => null,
        0x202E => HiddenCharacter.RightToLeftOverride,
        0x202D => HiddenCharacter.LeftToRightOverride,
        0x061C or 0x200E or 0x200F or (>= 0x202A and <= 0x202C) or (>= 0x2066 and <= 0x206F) => HiddenCharacter.Direction,
        0x00AD => HiddenCharacter.SoftHyphen,
        0x00A0 or 0x202F when IsFrenchSpace(before, after) => null,
        ZeroWidthJoiner when IsSymbol(before) && IsSymbol(after) => null,
        0xFE0E or 0xFE0F when IsSymbol(before) || Rune.IsDigit(before) || before.Value is '#' or '*' => null,
        (>= 0xFE00 and <= 0xFE0F) or (>= 0xE0100 and <= 0xE01EF) or (>= 0x180B and <= 0x180D) or 0x180F => HiddenCharacter.Variation,
        >= 0xE0000 and <= 0xE007F => HiddenCharacter.Tag,
        0x115F or 0x1160 or 0x17B4 or 0x17B5 or 0x2800 or 0x3164 or 0xFFA0 => HiddenCharacter.Filler,
        0x034F => HiddenCharacter.ZeroWidth,
        ' ' => null,
        _ => Rune.GetUnicodeCategory(rune) switch
        {
            UnicodeCategory.Control => HiddenCharacter.Control,
            UnicodeCategory.Format => HiddenCharacter.ZeroWidth,
            UnicodeCategory.SpaceSeparator => HiddenCharacter.Space,
            UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => HiddenCharacter.LineSeparator,
            UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned or UnicodeCategory.Surrogate => HiddenCharacter.NoMeaning,
            _ => null,
        },
    };

    // Good French typography puts a narrow or unbroken space before these signs, inside quotation marks and between the digits of a number.
    private static bool IsFrenchSpace(Rune before, Rune after) =>
        after.Value is ':' or ';' or '!' or '?' or '%' or '»' or '€' || before.Value == '«' || (Rune.IsDigit(before) && (Rune.IsDigit(after) || Rune.IsLetter(after)));

    // Pictures, and what belongs to them inside one: a tone of skin, the selector of the colored form.
    private static bool IsSymbol(Rune rune) => rune.Value is 0xFE0F or (>= 0x1F3FB and <= 0x1F3FF) or 0x203C or 0x2049
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.OtherSymbol or UnicodeCategory.MathSymbol;

    /// <summary>A stretch of a text.</summary>
    /// <param name="Text">What is seen; empty for a hidden character.</param>
    /// <param name="Hidden">Kind of the hidden character, or null.</param>
    /// <param name="Code">Its code point.</param>
    /// <param name="Count">How often it stands in a row; 0 for text that is seen.</param>
    public sealed record Part(string Text, HiddenCharacter? Hidden, int Code, int Count);
}
