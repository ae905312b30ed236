using System.Text;

namespace AImetier.Portal.Features.Teammates;

/// <summary>Outcome of checking the instructions of a teammate: a longer text, in which lines and tabs are welcome.</summary>
public abstract record InstructionsCheck
{
    /// <summary>Most characters (UTF-16 units, as a browser counts them), a line break counted once.</summary>
    public const int Longest = 8000;

    private InstructionsCheck()
    {
    }

    /// <summary>Trims, brings line breaks to one form and checks.</summary>
    /// <param name="text">What was typed; null counts as empty, which is allowed.</param>
    public static InstructionsCheck Of(string? text)
    {
        var clean = (text ?? "").Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').Trim();
        foreach (var rune in clean.EnumerateRunes())
        {
            if ((Rune.IsControl(rune) && rune.Value is not ('\n' or '\t')) || rune == Rune.ReplacementChar)
                return new Forbidden($"U+{rune.Value:X4}");
        }

        return clean.Length > Longest ? new TooLong(clean.Length) : new Good(clean);
    }

    /// <summary>The text may be stored.</summary>
    /// <param name="Text">Trimmed, lines end with a line feed.</param>
    public sealed record Good(string Text) : InstructionsCheck;

    /// <summary>Too many characters.</summary>
    /// <param name="Characters">How many there are.</param>
    public sealed record TooLong(int Characters) : InstructionsCheck;

    /// <summary>A control character, or a byte that is no text.</summary>
    /// <param name="Character">Its code point, for example <c>U+0007</c>.</param>
    public sealed record Forbidden(string Character) : InstructionsCheck;
}
