namespace AImetier.Portal.Features.Conversations;

/// <summary>What a question and its metadata must be, whichever door they come through. Lengths are counted in UTF-16 code units.</summary>
public static class AskText
{
    /// <summary>Most characters of a question.</summary>
    public const int LongestText = 100_000;

    /// <summary>Most entries of metadata.</summary>
    public const int MostMetadata = 16;

    /// <summary>Most characters of a metadata key.</summary>
    public const int LongestKey = 64;

    /// <summary>Most characters of a metadata value.</summary>
    public const int LongestValue = 512;

    /// <summary>Checks a question.</summary>
    /// <param name="text">What is asked.</param>
    /// <param name="metadata">What is attached, or null.</param>
    /// <returns>Sentences for developers by field; empty when everything fits.</returns>
    public static IReadOnlyDictionary<string, string[]> Check(string text, IReadOnlyDictionary<string, string>? metadata)
    {
        var errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
        if (TextError(text) is { } textError)
            errors["text"] = [textError];
        if (metadata is not null && MetadataError(metadata) is { } metadataError)
            errors["metadata"] = [metadataError];
        return errors;
    }

    private static string? TextError(string text) =>
        string.IsNullOrWhiteSpace(text) ? "It must not be empty or blank."
        : text.Length > LongestText ? $"It must have at most {LongestText} characters (UTF-16 code units); it has {text.Length}."
        : !IsText(text) ? "It must not contain U+0000 or half of a surrogate pair."
        : null;

    private static string? MetadataError(IReadOnlyDictionary<string, string> metadata)
    {
        if (metadata.Count > MostMetadata)
            return $"It must have at most {MostMetadata} entries; it has {metadata.Count}.";
        foreach (var (key, value) in metadata)
        {
            if (key.Length is 0 or > LongestKey)
                return $"Every key must have 1 to {LongestKey} characters; one has {key.Length}.";
            if (value.Length > LongestValue)
                return $"Every value must have at most {LongestValue} characters; one has {value.Length}.";
            if (!IsText(key) || !IsText(value))
                return "Keys and values must not contain U+0000 or half of a surrogate pair.";
        }

        return null;
    }

    private static bool IsText(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\0')
                return false;
            if (!char.IsSurrogate(text[i]))
                continue;
            if (i + 1 >= text.Length || !char.IsSurrogatePair(text[i], text[i + 1]))
                return false;
            i++;
        }

        return true;
    }
}
