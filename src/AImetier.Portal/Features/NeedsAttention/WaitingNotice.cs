using System.Globalization;
using AImetier.Portal.Data;
using AImetier.Portal.Features.Accounts;
using AImetier.Portal.Features.Approvals;
using AImetier.Portal.Features.Connectors;
using AImetier.Portal.Features.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;

namespace AImetier.Portal.Features.NeedsAttention;

/// <summary>Tells the owners and admins of the current workspace by e-mail that something waits: how many and where, never what.</summary>
/// <param name="db">The database.</param>
/// <param name="emails">Sends it.</param>
/// <param name="options">The public address.</param>
/// <param name="text">The words.</param>
/// <param name="time">The clock.</param>
public sealed class WaitingNotice(PortalDbContext db, EmailNotices emails, IOptions<PortalOptions> options, IStringLocalizer<AttentionText> text, TimeProvider time)
{
    /// <summary>How often people are told at most.</summary>
    public static readonly TimeSpan AtMostEvery = TimeSpan.FromHours(1);

    /// <summary>Tells them when something has begun to wait since the last time and that was long enough ago.</summary>
    /// <param name="cancellationToken">Stops the work; the hour stays taken.</param>
    /// <returns>How many e-mails were handed over.</returns>
    public async Task<int> TellAsync(CancellationToken cancellationToken)
    {
        var waiting = await ClaimAsync(cancellationToken);
        if (waiting == 0)
            return 0;

        var language = await db.Set<Workspace>().Where(workspace => workspace.Id == db.WorkspaceId).Select(workspace => workspace.Language).SingleAsync(cancellationToken);
        var people = await db.Set<Person>().AsNoTracking()
            .Where(person => person.EmailWhenWaiting && (person.Role == PersonRole.Owner || person.Role == PersonRole.Admin) && person.Email != null)
            .Select(person => new { person.Email, person.Language }).ToListAsync(cancellationToken);
        var told = 0;
        foreach (var person in people)
        {
            var (subject, body) = Write(waiting, person.Language ?? language ?? PageLanguage.All[0]);
            told += await emails.SendAsync(person.Email!, subject, body, cancellationToken) is SendOutcome.Sent ? 1 : 0;
        }

        return told;
    }

    // One of several processes takes the hour, before anything is sent: a crash costs a notice, never a flood of them.
    private async Task<int> ClaimAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var latest = now - AtMostEvery;
        var waiting = db.Set<Approval>().Where(approval => approval.State == ApprovalState.Waiting && approval.ExpiresAt > now);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await db.Set<EmailConnector>()
            .Where(connector => (connector.WaitingToldAt == null || connector.WaitingToldAt <= latest)
                && waiting.Any(approval => connector.WaitingToldAt == null || approval.RequestedAt > connector.WaitingToldAt))
            .ExecuteUpdateAsync(set => set.SetProperty(connector => connector.WaitingToldAt, now), cancellationToken) == 0)
        {
            return 0;
        }

        var count = await waiting.CountAsync(cancellationToken);
        await transaction.CommitAsync(CancellationToken.None);
        return count;
    }

    private (string Subject, string Body) Write(int waiting, string language)
    {
        var before = CultureInfo.CurrentUICulture;
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
        try
        {
            var count = text.Plural("Notice.Count", waiting);
            var body = options.Value.PublicUrl is { } address
                ? text["Notice.Body", count, address.TrimEnd('/') + "/needs-attention"]
                : text["Notice.BodyWithoutLink", count];
            return (text["Notice.Subject"], body);
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }
}
