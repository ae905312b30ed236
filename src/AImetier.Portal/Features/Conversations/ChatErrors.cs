using Microsoft.Extensions.Localization;

namespace AImetier.Portal.Features.Conversations;

/// <summary>Puts into words why a question could not be taken. None loses the question.</summary>
internal static class ChatErrors
{
    /// <summary>The sentence.</summary>
    /// <param name="text">Resources of Chat.</param>
    /// <param name="outcome">Neither started nor answered.</param>
    /// <param name="question">What was asked.</param>
    public static string Describe(this IStringLocalizer<ChatText> text, AskOutcome outcome, string question) => outcome switch
    {
        AskOutcome.Validation when string.IsNullOrWhiteSpace(question) => text["Error.Empty"],
        AskOutcome.Validation when question.Length > AskText.LongestText => text["Error.TooLong", AskText.LongestText, question.Length],
        AskOutcome.Validation => text["Error.Characters"],
        AskOutcome.TeammatePaused => text["Error.Paused"],
        AskOutcome.TeammateNotFound => text["Error.Removed"],
        _ => text["Error.Busy"],
    };

    /// <summary>Status of the page that says it.</summary>
    /// <param name="outcome">Neither started nor answered.</param>
    public static int StatusOf(AskOutcome outcome) =>
        outcome is AskOutcome.Validation ? StatusCodes.Status400BadRequest : StatusCodes.Status409Conflict;
}
