using System.Globalization;
using AImetier.Portal.Data;
using AImetier.Portal.Features.Accounts;
using AImetier.Portal.Features.Connectors;
using AImetier.Portal.Features.Shared;
using AImetier.Portal.Features.Teammates;
using AImetier.Portal.Features.Webhooks;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;

namespace AImetier.Portal.Features.NeedsAttention;

/// <summary>Tells the owners and admins of the current workspace by e-mail of an endpoint that has failed for days or was switched off, once for each.</summary>
/// <param name="db">The database.</param>
/// <param name="troubles">Endpoints that need a person.</param>
/// <param name="emails">Sends it.</param>
/// <param name="options">The public address.</param>
/// <param name="text">The words.</param>
public sealed class WebhookNotice(PortalDbContext db, WebhookTroubles troubles, EmailNotices emails, IOptions<PortalOptions> options, IStringLocalizer<AttentionText> text)
{
    /// <summary>Tells of what has not been told. Without a mail server nothing is taken: it is told when one is connected, if it is still so.</summary>
    /// <param name="cancellationToken">Stops the work; what was taken stays taken.</param>
    /// <returns>How many e-mails were handed over.</returns>
    public async Task<int> TellAsync(CancellationToken cancellationToken)
    {
        if (!await db.Set<EmailConnector>().AnyAsync(cancellationToken))
            return 0;
        var language = await db.Set<Workspace>().Where(workspace => workspace.Id == db.WorkspaceId).Select(workspace => workspace.Language).SingleAsync(cancellationToken);
        var people = await db.Set<Person>().AsNoTracking()
            .Where(person => person.EmailWhenWaiting && (person.Role == PersonRole.Owner || person.Role == PersonRole.Admin) && person.Email != null)
            .Select(person => new { person.Email, person.Language }).ToListAsync(cancellationToken);
        var told = 0;
        foreach (var trouble in await troubles.TakeUntoldAsync(cancellationToken))
        {
            var teammate = await db.Set<Teammate>().Where(row => row.Id == trouble.TeammateId).Select(row => row.Name).SingleAsync(cancellationToken);
            foreach (var person in people)
            {
                var (subject, body) = Write(new WebhookRow(trouble, teammate), person.Language ?? language ?? PageLanguage.All[0]);
                told += await emails.SendAsync(person.Email!, subject, body, cancellationToken) is SendOutcome.Sent ? 1 : 0;
            }
        }

        return told;
    }

    private (string Subject, string Body) Write(WebhookRow row, string language)
    {
        var before = CultureInfo.CurrentUICulture;
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
        try
        {
            var (title, what) = (text[row.TitleKey, row.Trouble.Host].Value, text[row.TextKey, row.Teammate].Value);
            var body = options.Value.PublicUrl is { } address
                ? text["WebhookNotice.Body", title, what, address.TrimEnd('/') + "/needs-attention"]
                : text["WebhookNotice.BodyWithoutLink", title, what];
            return (text["WebhookNotice.Subject", row.Trouble.Host], body);
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }
}
