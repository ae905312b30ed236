using System.Globalization;

namespace AImetier.Portal.Features.Conversations;

/// <summary>Names a conversation after its first question.</summary>
internal static class ConversationTitle
{
    /// <summary>The first line that is not blank, cut to 80 characters without splitting what a person sees as one.</summary>
    /// <param name="question">A checked question.</param>
    public static string Of(string question)
    {
        var line = question.Split(['\n', '\r'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)[0];
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

        return line[..end].TrimEnd() + "…";
    }
}
