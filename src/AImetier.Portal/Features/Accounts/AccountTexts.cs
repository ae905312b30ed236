using System.Globalization;
using AImetier.Portal.Features.Shared;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace AImetier.Portal.Features.Accounts;

/// <summary>Puts outcomes about people into words.</summary>
public static class AccountTexts
{
    /// <summary>The sentence for a password that is not taken.</summary>
    /// <param name="text">The resources.</param>
    /// <param name="problem">Its problem.</param>
    public static string Describe(this IStringLocalizer<AccountsText> text, PasswordProblem problem) => problem switch
    {
        PasswordProblem.TooShort => text["Password.TooShort", PasswordRule.Shortest],
        PasswordProblem.TooLong => text["Password.TooLong", PasswordRule.Longest],
        PasswordProblem.Common => text["Password.Common"],
        _ => text["Password.IsEmail"],
    };

    /// <summary>Makes the answer a 429 with <c>Retry-After</c> and gives the sentence for the page.</summary>
    /// <param name="controller">Whose answer it is.</param>
    /// <param name="text">The resources.</param>
    /// <param name="wait">When the next try is taken.</param>
    public static string TellToWait(this Controller controller, IStringLocalizer<AccountsText> text, TimeSpan wait)
    {
        var seconds = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds));
        controller.Response.StatusCode = StatusCodes.Status429TooManyRequests;
        controller.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        return seconds < 60 ? text.Plural("Wait.Seconds", seconds) : text.Plural("Wait.Minutes", (seconds + 59) / 60);
    }
}
