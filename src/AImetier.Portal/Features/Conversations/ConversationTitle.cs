using System.Globalization;
using System.Text;
using AImetier.Portal.Features.Shared;

namespace AImetier.Portal.Features.Conversations;

/// <summary>Names a conversation after its first question.</summary>
internal static class ConversationTitle
{
    private const string Cut = "…";

    /// <summary>
    /// The first line in which something can be seen, without what no name may hold, cut to 80 characters without splitting what a person sees as one.
    /// </summary>
    /// <param name="question">A checked question.</param>
    public static string Of(string question)
    {
        var line = question.Split('\n', '\r').Select(Visible).FirstOrDefault(line => line.Length > 0) ?? Cut;
        if (line.Length <= Conversation.LongestTitle)
            return line;

        var end = 0;
        while (end < line.Length)
        {
            var next = end + StringInfo.GetNextTextElementLength(line, end);
            if (next > Conversation.LongestTitle - 1)
                break;
            end = next;
        }

        return line[..end].TrimEnd() + Cut;
    }

    private static string Visible(string line)
    {
        var visible = new StringBuilder(line.Length);
        foreach (var rune in line.Replace('\t', ' ').EnumerateRunes())
        {
            if (NameCheck.Allows(rune))
                visible.Append(rune);
        }

        return visible.ToString().Trim();
    }
}
