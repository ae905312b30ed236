using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace AImetier.Portal.Features.IncomingHooks;

/// <summary>Names one place in a JSON document: <c>/customer/name</c>, <c>/items/0</c>, or nothing for the whole.</summary>
/// <remarks>RFC 6901: <c>~1</c> stands for a slash inside a name, <c>~0</c> for a tilde.</remarks>
public sealed class JsonPointer
{
    private readonly string[] _names;

    private JsonPointer(string[] names) => _names = names;

    /// <summary>Reads a pointer.</summary>
    /// <param name="text">Empty, or beginning with a slash; whole characters.</param>
    /// <param name="place">What it names, when the answer is true.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out JsonPointer? place)
    {
        place = null;
        if ((text.Length > 0 && text[0] != '/') || !IsText(text))
            return false;
        for (var at = text.IndexOf('~', StringComparison.Ordinal); at >= 0; at = text.IndexOf('~', at + 1))
        {
            if (at + 1 == text.Length || text[at + 1] is not ('0' or '1'))
                return false;
        }

        place = new JsonPointer([.. text.Split('/').Skip(1).Select(Unescape)]);
        return true;
    }

    /// <summary>What stands at the place.</summary>
    /// <param name="document">The whole document.</param>
    /// <returns>The value, or null where there is none. Of several properties with one name, the last.</returns>
    /// <exception cref="InvalidOperationException">A name of the document is no text: its escapes are half of a surrogate pair.</exception>
    public JsonElement? Find(JsonElement document)
    {
        JsonElement? found = document;
        foreach (var name in _names)
        {
            found = found.Value.ValueKind switch
            {
                JsonValueKind.Object => found.Value.TryGetProperty(name, out var property) ? property : null,
                JsonValueKind.Array => ItemOf(found.Value, name),
                _ => null,
            };
            if (found is null)
                return null;
        }

        return found;
    }

    // Half of a surrogate pair is in no name, and cannot be looked for.
    private static bool IsText(ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(text, out _, out var length) != OperationStatus.Done)
                return false;
            text = text[length..];
        }

        return true;
    }

    // "01" and "-" name nothing that could be read.
    private static JsonElement? ItemOf(JsonElement array, string name) =>
        name is "0" or [>= '1' and <= '9', ..] && int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < array.GetArrayLength()
            ? array[index]
            : null;

    private static string Unescape(string name) => name.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
}
