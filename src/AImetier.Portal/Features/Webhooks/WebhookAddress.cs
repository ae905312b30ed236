namespace AImetier.Portal.Features.Webhooks;

/// <summary>What the address of an endpoint must look like. Where it leads is the business of the guard that sends.</summary>
public static class WebhookAddress
{
    /// <summary>Most characters.</summary>
    public const int Longest = 2048;

    /// <summary>What is wrong with an address, or null.</summary>
    /// <param name="url">What was typed, trimmed.</param>
    /// <param name="allowHttp">Whether plain http is allowed too.</param>
    public static WebhookProblem? ProblemOf(string url, bool allowHttp)
    {
        if (url.Length == 0)
            return WebhookProblem.NoUrl;
        if (url.Length > Longest)
            return WebhookProblem.UrlTooLong;
        if (url.Any(character => char.IsControl(character) || char.IsWhiteSpace(character)) || !Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Host.Length == 0)
            return WebhookProblem.BadUrl;
        if (uri.Scheme != Uri.UriSchemeHttps && !(allowHttp && uri.Scheme == Uri.UriSchemeHttp))
            return WebhookProblem.NotHttps;
        return uri.UserInfo.Length > 0 ? WebhookProblem.UserInfo : null;
    }
}
