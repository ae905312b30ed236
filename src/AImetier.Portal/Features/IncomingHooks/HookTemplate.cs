using System.Text;
using System.Text.Json;

namespace AImetier.Portal.Features.IncomingHooks;

/// <summary>
/// How a question is made of what was sent: a text with places such as <c>{{/name}}</c>, each filled with what the body has there. It is filled once:
/// what is filled in is never read as a template, and there is nothing else in it that could be done.
/// </summary>
/// <remarks>Places are JSON Pointers, see <see cref="JsonPointer"/>.</remarks>
public sealed class HookTemplate
{
    /// <summary>Most characters (UTF-16 units), a line break counted once.</summary>
    public const int Longest = 8000;

    /// <summary>Most places.</summary>
    public const int MostPlaces = 50;

    private const string Open = "{{";
    private const string Close = "}}";
    private const int LongestExcerpt = 40;
    private readonly List<(string Literal, JsonPointer? Place)> _parts = [];

    private HookTemplate(string text) => Text = text;

    /// <summary>The template as it is stored: trimmed, lines end with a line feed.</summary>
    public string Text { get; }

    /// <summary>Whether there is none: the body then stands as it is.</summary>
    public bool IsEmpty => Text.Length == 0;

    /// <summary>Reads a template.</summary>
    /// <param name="text">What was typed; null counts as empty, which is allowed.</param>
    public static TemplateCheck Parse(string? text)
    {
        var template = new HookTemplate((text ?? "").Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').Trim());
        if (template.Text.Length > Longest)
            return new TemplateCheck.TooLong(template.Text.Length);
        foreach (var rune in template.Text.EnumerateRunes())
        {
            if ((Rune.IsControl(rune) && rune.Value is not ('\n' or '\t')) || rune == Rune.ReplacementChar)
                return new TemplateCheck.Forbidden($"U+{rune.Value:X4}");
        }

        return template.ReadParts() ?? (template.Places > MostPlaces ? new TemplateCheck.TooManyPlaces(template.Places) : new TemplateCheck.Good(template));
    }

    /// <summary>Fills the places.</summary>
    /// <param name="document">What was sent.</param>
    /// <param name="longest">Most characters.</param>
    /// <returns>The text, or null when it would be longer.</returns>
    /// <exception cref="InvalidOperationException">See <see cref="JsonPointer.Find"/>.</exception>
    public string? Fill(JsonElement document, int longest)
    {
        var filled = new StringBuilder();
        foreach (var (literal, place) in _parts)
        {
            filled.Append(literal);
            if (place?.Find(document) is { } value)
                filled.Append(TextOf(value));
            if (filled.Length > longest)
                return null;
        }

        return filled.ToString();
    }

    private int Places => _parts.Count(part => part.Place is not null);

    private TemplateCheck? ReadParts()
    {
        var at = 0;
        while (Text.IndexOf(Open, at, StringComparison.Ordinal) is var open and >= 0)
        {
            var begin = open + Open.Length;
            var end = Text.IndexOf(Close, begin, StringComparison.Ordinal);
            if (end < 0)
                return new TemplateCheck.NotClosed(Excerpt(Text[begin..]));
            var written = Text[begin..end].Trim();
            if (!JsonPointer.TryParse(written, out var place))
                return new TemplateCheck.NotAPointer(Excerpt(written));
            _parts.Add((Text[at..open], place));
            at = end + Close.Length;
        }

        _parts.Add((Text[at..], null));
        return null;
    }

    // A text stands as it is, everything else as its JSON was sent. A text whose escapes are half of a surrogate pair stands as it was written.
    private static string TextOf(JsonElement value)
    {
        if (value.ValueKind is JsonValueKind.Null)
            return "";
        if (value.ValueKind is not JsonValueKind.String)
            return value.GetRawText();
        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException)
        {
            return value.GetRawText()[1..^1];
        }
    }

    private static string Excerpt(string text)
    {
        if (text.Length <= LongestExcerpt)
            return text;
        var end = char.IsHighSurrogate(text[LongestExcerpt - 1]) ? LongestExcerpt - 1 : LongestExcerpt;
        return text[..end] + "…";
    }
}
