namespace AImetier.Portal.Features.Accounts;

/// <summary>Says in two words which browser a session belongs to.</summary>
public static class BrowserName
{
    // Order matters: Edge says that it is Chrome, Chrome that it is Safari, Android that it is Linux.
    private static readonly (string Mark, string Name)[] Browsers =
        [("Edg/", "Edge"), ("Firefox/", "Firefox"), ("FxiOS/", "Firefox"), ("OPR/", "Opera"), ("Chrome/", "Chrome"), ("CriOS/", "Chrome"), ("Safari/", "Safari")];

    private static readonly (string Mark, string Name)[] Systems =
        [("Windows", "Windows"), ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Macintosh", "Mac"), ("CrOS", "Chromebook"), ("Linux", "Linux")];

    /// <summary>Browser and system, such as <c>Firefox · Windows</c>; null when the browser is not one of the usual ones.</summary>
    /// <param name="userAgent">What the browser says it is.</param>
    public static string? Of(string userAgent)
    {
        var browser = Find(Browsers, userAgent);
        var system = Find(Systems, userAgent);
        return browser is null || system is null ? browser : $"{browser} · {system}";
    }

    private static string? Find((string Mark, string Name)[] names, string userAgent) =>
        names.FirstOrDefault(pair => userAgent.Contains(pair.Mark, StringComparison.Ordinal)).Name;
}
