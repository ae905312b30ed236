using AImetier.Portal.Features.Shared;
using AImetier.Portal.Security;

namespace AImetier.Portal.Features.Webhooks;

/// <summary>Checks what was typed about an endpoint: the same for adding and for changing.</summary>
/// <param name="guard">Decides where webhooks may go.</param>
public sealed class WebhookFormCheck(PublicAddressGuard guard)
{
    /// <summary>Checks all fields.</summary>
    /// <param name="form">What was typed.</param>
    /// <param name="cancellationToken">Gives up waiting for the host's addresses.</param>
    public async Task<CheckedWebhook> CheckAsync(WebhookForm form, CancellationToken cancellationToken)
    {
        var problems = new Dictionary<string, WebhookProblem>(StringComparer.Ordinal);
        var address = await guard.CheckAsync(form.Url, cancellationToken);
        if (ProblemOf(address, form.Url) is { } problem)
            problems[nameof(form.Url)] = problem;
        var events = WebhookEvents.Choose(form.Events);
        if (events.Count == 0)
            problems[nameof(form.Events)] = WebhookProblem.NoEvents;
        var note = NameCheck.Of(form.Note, WebhookEndpoint.LongestNote);
        if (note is NameCheck.TooLong or NameCheck.Forbidden)
            problems[nameof(form.Note)] = note is NameCheck.TooLong ? WebhookProblem.NoteTooLong : WebhookProblem.BadNote;
        return new CheckedWebhook(
            address is PublicAddressCheck.Good(var url) ? url.AbsoluteUri : "",
            string.Join(' ', events),
            note is NameCheck.Good(var text) ? text : null,
            problems);
    }

    private static WebhookProblem? ProblemOf(PublicAddressCheck address, string? typed) => address switch
    {
        PublicAddressCheck.Good => null,
        _ when string.IsNullOrWhiteSpace(typed) => WebhookProblem.NoUrl,
        PublicAddressCheck.TooLong => WebhookProblem.UrlTooLong,
        PublicAddressCheck.NotHttps => WebhookProblem.NotHttps,
        PublicAddressCheck.HasUserInfo => WebhookProblem.UserInfo,
        PublicAddressCheck.NotAHostName => WebhookProblem.NotAHostName,
        PublicAddressCheck.OtherPort => WebhookProblem.OtherPort,
        PublicAddressCheck.NameNotFound => WebhookProblem.UnknownHost,
        PublicAddressCheck.NotPublic => WebhookProblem.NotPublic,
        _ => WebhookProblem.UnreadableUrl,
    };
}
