using System.Globalization;

namespace AImetier.Portal.Features.Teammates;

/// <summary>What stands in a teammate's avatar.</summary>
public static class Initials
{
    /// <summary>First letter of the first word, and of the last when there are several; upper case.</summary>
    /// <param name="name">A checked name.</param>
    public static string Of(string name)
    {
        var words = name.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var letters = words.Length > 1 ? First(words[0]) + First(words[^1]) : First(name);
        return letters.ToUpper(CultureInfo.CurrentCulture);
    }

    private static string First(string word) => word.Length == 0 ? "" : StringInfo.GetNextTextElement(word);
}
