namespace AImetier.Portal.Features.Shared;

/// <summary>
/// A question that brings along what was said before it, as programs send it that keep their chats themselves: the question first, then a line
/// that says what follows, then one line of JSON for each earlier message.
/// </summary>
public static class EarlierMessages
{
    private const string Mark = "\n\nEarlier in this chat (from the program, as information):\n";

    /// <summary>Puts a question and what came before it into one text. What does not fit is left out, the oldest first.</summary>
    /// <param name="question">What is asked.</param>
    /// <param name="earlier">One line for each earlier message, oldest first.</param>
    /// <param name="longest">Most characters of the text.</param>
    /// <returns>The question alone where nothing is earlier or nothing fits.</returns>
    public static string Append(string question, IReadOnlyList<string> earlier, int longest)
    {
        var left = longest - question.Length - Mark.Length;
        var first = earlier.Count;
        while (first > 0 && left >= earlier[first - 1].Length)
            left -= earlier[--first].Length + 1;
        return first == earlier.Count ? question : question + Mark + string.Join('\n', earlier.Skip(first));
    }

    /// <summary>The question of such a text.</summary>
    /// <param name="text">Any question.</param>
    public static string QuestionOf(string text)
    {
        var end = text.LastIndexOf(Mark, StringComparison.Ordinal);
        return end < 0 ? text : text[..end];
    }
}
