using AImetier.Portal.Features.Shared;

namespace AImetier.Portal.Features.Webhooks;

/// <summary>Checks what was typed about an endpoint: the same for adding and for changing.</summary>
public sealed class WebhookFormCheck
{
    /// <summary>Checks all fields.</summary>
    /// <param name="form">What was typed.</param>
    /// <param name="cancellationToken">Stops the look-up of the address.</param>
    public Task<CheckedWebhook> CheckAsync(WebhookForm form, CancellationToken cancellationToken)
    {
        var problems = new Dictionary<string, WebhookProblem>(StringComparer.Ordinal);
        var url = (form.Url ?? "").Trim();
        if (WebhookAddress.ProblemOf(url, allowHttp: false) is { } problem)
            problems[nameof(form.Url)] = problem;
        var events = WebhookEvents.Choose(form.Events);
        if (events.Count == 0)
            problems[nameof(form.Events)] = WebhookProblem.NoEvents;
        var note = NameCheck.Of(form.Note, WebhookEndpoint.LongestNote);
        if (note is NameCheck.TooLong or NameCheck.Forbidden)
            problems[nameof(form.Note)] = note is NameCheck.TooLong ? WebhookProblem.NoteTooLong : WebhookProblem.BadNote;
        return Task.FromResult(new CheckedWebhook(url, string.Join(' ', events), note is NameCheck.Good(var text) ? text : null, problems));
    }
}
