using System.Globalization;
using System.Text.RegularExpressions;

namespace AImetier.Portal.Features.ChatModels;

/// <summary>What a request may tell the practice model in square brackets, so that slow, long and failing answers, and answers that want to send e-mail, can be tried.</summary>
/// <param name="SlowSeconds">Seconds to take, 0 to 300: <c>[slow 30]</c>.</param>
/// <param name="Fails">Whether to fail: <c>[fail]</c>.</param>
/// <param name="IsLong">Whether to answer at length: <c>[long]</c>.</param>
/// <param name="EmailsTo">Whom to propose an e-mail to, one for each <c>[email to=a@b.test]</c>.</param>
public sealed partial record PracticeCommand(int SlowSeconds, bool Fails, bool IsLong, IReadOnlyList<string> EmailsTo)
{
    private const int MostEmails = 100;

    /// <summary>Longest wait, in seconds.</summary>
    public const int LongestSeconds = 300;

    /// <summary>Reads the commands out of a request.</summary>
    /// <param name="request">What was asked.</param>
    public static PracticeCommand Of(string request)
    {
        var slow = Slow().Match(request);
        var seconds = slow.Success && int.TryParse(slow.Groups["seconds"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var asked) ? asked : 0;
        return new(
            Math.Min(seconds, LongestSeconds),
            request.Contains("[fail]", StringComparison.OrdinalIgnoreCase),
            request.Contains("[long]", StringComparison.OrdinalIgnoreCase),
            [.. Email().Matches(request).Take(MostEmails).Select(match => match.Groups["to"].Value)]);
    }

    /// <summary>The request without its commands.</summary>
    /// <param name="request">What was asked.</param>
    public static string Strip(string request) => Any().Replace(request, " ").Trim();

    [GeneratedRegex(@"\[slow (?<seconds>[0-9]{1,9})\]", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Slow();

    [GeneratedRegex(@"\[email to=(?<to>[^\s\[\]]{1,320})\]", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Email();

    // It begins only where a run of white space begins, else a long run would be read once for each of its characters.
    [GeneratedRegex(@"(\G|(?<!\s))\s*\[(slow [0-9]{1,9}|email to=[^\s\[\]]{1,320}|fail|long)\]\s*", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Any();
}
