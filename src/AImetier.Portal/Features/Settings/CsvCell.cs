namespace AImetier.Portal.Features.Settings;

/// <summary>One cell of a CSV file, harmless in a spreadsheet.</summary>
/// <remarks>RFC 4180, section 2; OWASP, CSV Injection.</remarks>
public static class CsvCell
{
    /// <summary>Quotes a text where needed; one that a spreadsheet would calculate gets an apostrophe in front.</summary>
    /// <param name="text">Any text; null counts as empty.</param>
    public static string Of(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return "";
        var harmless = text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' ? "'" + text : text;
        return harmless.AsSpan().ContainsAny("\",\r\n") ? $"\"{harmless.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : harmless;
    }
}
