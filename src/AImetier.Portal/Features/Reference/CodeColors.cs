using System.Text;
using System.Text.Encodings.Web;
using System.Text.RegularExpressions;

namespace AImetier.Portal.Features.Reference;

/// <summary>
/// Colors code, for the eye only: comments, texts, names and words of the language. One expression per language finds what comes first.
/// An address is never cut: it is filled in later.
/// </summary>
internal static partial class CodeColors
{
    private static readonly string[] Kinds = ["comment", "string", "name", "word"];

    private static readonly Dictionary<string, Regex> Rules = new(StringComparer.Ordinal)
    {
        ["bash"] = Bash(),
        ["csharp"] = CSharp(),
        ["http"] = Http(),
        ["javascript"] = JavaScript(),
        ["json"] = Json(),
        ["python"] = Python(),
    };

    /// <summary>The code as markup.</summary>
    /// <param name="language">Word of the fence.</param>
    /// <param name="code">The code.</param>
    public static string Of(string language, string code)
    {
        if (!Rules.TryGetValue(language, out var rule))
            return HtmlEncoder.Default.Encode(code);
        var html = new StringBuilder();
        var at = 0;
        foreach (Match match in rule.Matches(code))
        {
            var kind = Kinds.First(kind => match.Groups[kind].Success);
            html.Append(HtmlEncoder.Default.Encode(code[at..match.Index])).Append("<span class=\"").Append(kind).Append("\">")
                .Append(HtmlEncoder.Default.Encode(match.Value)).Append("</span>");
            at = match.Index + match.Length;
        }

        return html.Append(HtmlEncoder.Default.Encode(code[at..])).ToString();
    }

    [GeneratedRegex("""(?<comment>(?<=^|\s)#.*$)|(?<string>'[^']*'|"(?:\\.|[^"\\])*")|(?<name>\$\w+)|(?<word>\b(?:export|curl|echo|while|read|do|done|if|then|fi)\b)""", RegexOptions.Multiline)]
    private static partial Regex Bash();

    [GeneratedRegex(
        """"(?<comment>(?<![:"])//.*$)|(?<string>\$?"""[\s\S]*?"""|[$@]*"(?:\\.|[^"\\])*")|(?<word>\b(?:using|var|new|await|async|foreach|for|in|if|else|return|while|string|int|byte|bool|static|public|record|class|true|false|null|is|not|and|or|break|switch|case|continue|out|ref|uint|char)\b)"""",
        RegexOptions.Multiline)]
    private static partial Regex CSharp();

    [GeneratedRegex("""(?<word>^HTTP/1\.1 .*$)|(?<name>^[A-Za-z-]+(?=: )|"(?:\\.|[^"\\])*"(?=\s*:))|(?<string>"(?:\\.|[^"\\])*")""", RegexOptions.Multiline)]
    private static partial Regex Http();

    [GeneratedRegex(
        """(?<comment>(?<![:"'`])//.*$)|(?<string>`[^`]*`|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')|(?<word>\b(?:import|from|export|const|let|await|async|for|of|in|if|else|return|while|new|function|true|false|null|throw|try|catch|break|continue)\b)""",
        RegexOptions.Multiline)]
    private static partial Regex JavaScript();

    [GeneratedRegex("""(?<name>"(?:\\.|[^"\\])*"(?=\s*:))|(?<string>"(?:\\.|[^"\\])*")|(?<word>\b(?:true|false|null)\b|-?\b\d+(?:\.\d+)?\b)""")]
    private static partial Regex Json();

    [GeneratedRegex(
        """(?<comment>#.*$)|(?<string>[fbr]*"(?:\\.|[^"\\])*"|[fbr]*'(?:\\.|[^'\\])*')|(?<word>\b(?:import|from|as|with|for|in|if|elif|else|return|while|def|not|and|or|is|None|True|False|try|except|break|continue|lambda|print)\b)""",
        RegexOptions.Multiline)]
    private static partial Regex Python();
}
