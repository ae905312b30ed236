using AImetier.Portal.Data;
using AImetier.Portal.Features.ApiTokens;
using AImetier.Portal.Features.Approvals;
using AImetier.Portal.Features.Connectors;
using AImetier.Portal.Features.IncomingHooks;
using AImetier.Portal.Features.Shared;
using AImetier.Portal.Features.Teammates;
using AImetier.Portal.Features.Webhooks;
using Microsoft.EntityFrameworkCore;

namespace AImetier.Portal.Features.NeedsAttention;

/// <summary>Gathers what the pages show around approvals, and the problems beside them.</summary>
/// <param name="db">The database.</param>
/// <param name="queue">The lists.</param>
/// <param name="channel">Says whether anything could leave.</param>
/// <param name="webhooks">Endpoints that need a person.</param>
public sealed class AttentionPages(PortalDbContext db, AttentionReader queue, IOutwardChannel channel, WebhookTroubles webhooks)
{
    private const string Path = "/needs-attention";

    /// <summary>The list.</summary>
    /// <param name="after">Cursor of the queue, from outside.</param>
    /// <param name="before">Cursor of what is over, from outside.</param>
    /// <param name="key">Public id of a key, from outside.</param>
    /// <param name="cancellationToken">Stops the reads.</param>
    public async Task<AttentionPage> ListAsync(string? after, string? before, string? key, CancellationToken cancellationToken)
    {
        var name = string.IsNullOrEmpty(key)
            ? null
            : await db.Set<ApiToken>().Where(token => token.Id == key).Select(token => token.Name).SingleOrDefaultAsync(cancellationToken);
        var tokenId = string.IsNullOrEmpty(key) ? null : key;
        var place = after is null ? null : ListPlace.Read(after);
        var (rows, next) = await queue.PageAsync(place, tokenId, cancellationToken);
        var older = before is null ? null : ListPlace.Read(before);
        var (decided, nextDecided) = await queue.DecidedAsync(older, cancellationToken);
        var all = await AroundAsync([.. rows, .. decided], cancellationToken);
        var filter = tokenId is null ? "" : $"&key={Uri.EscapeDataString(tokenId)}";
        var start = tokenId is null ? Path : $"{Path}?{filter[1..]}";
        return new AttentionPage(
            all[..rows.Count],
            next is null ? null : $"{Path}?after={next.ToCursor()}{filter}",
            place is null ? null : start,
            all[rows.Count..],
            new PagerLinks(older is null ? null : $"{Path}#decided", nextDecided is null ? null : $"{Path}?before={nextDecided.ToCursor()}#decided"),
            place is null && older is null ? start : null,
            tokenId,
            name,
            place is null && tokenId is null ? await WebhooksAsync(cancellationToken) : []);
    }

    /// <summary>One approval with what surrounds it.</summary>
    /// <param name="approval">The row.</param>
    /// <param name="cancellationToken">Stops the reads.</param>
    public async Task<AttentionRow> RowAsync(Approval approval, CancellationToken cancellationToken) => (await AroundAsync([approval], cancellationToken))[0];

    /// <summary>The page of one approval.</summary>
    /// <param name="approval">The row.</param>
    /// <param name="readerId">Who looks.</param>
    /// <param name="cancellationToken">Stops the reads.</param>
    public async Task<ApprovalPage> PageAsync(Approval approval, string readerId, CancellationToken cancellationToken)
    {
        var row = await RowAsync(approval, cancellationToken);
        var connector = approval.State == ApprovalState.Waiting ? await db.Set<EmailConnector>().AsNoTracking().SingleOrDefaultAsync(cancellationToken) : null;
        return new ApprovalPage(
            row,
            approval.DecidedById == readerId,
            VisibleText.CountHidden(row.Content.To, row.Content.Subject, row.Content.Body),
            connector?.Sender,
            VisibleText.PlainDomainOf(row.Content.To));
    }

    private async Task<List<WebhookRow>> WebhooksAsync(CancellationToken cancellationToken)
    {
        var troubles = await webhooks.ListAsync(cancellationToken);
        var names = await NamesAsync(troubles.Select(trouble => trouble.TeammateId), cancellationToken);
        return [.. troubles.Select(trouble => new WebhookRow(trouble, names.GetValueOrDefault(trouble.TeammateId, trouble.TeammateId)))];
    }

    private Task<Dictionary<string, string>> NamesAsync(IEnumerable<string> teammateIds, CancellationToken cancellationToken)
    {
        var ids = teammateIds.Distinct(StringComparer.Ordinal).ToList();
        return db.Set<Teammate>().AsNoTracking().Where(teammate => ids.Contains(teammate.Id))
            .ToDictionaryAsync(teammate => teammate.Id, teammate => teammate.Name, StringComparer.Ordinal, cancellationToken);
    }

    private async Task<List<AttentionRow>> AroundAsync(IReadOnlyList<Approval> approvals, CancellationToken cancellationToken)
    {
        var state = await channel.StateAsync(cancellationToken);
        var names = await NamesAsync(approvals.Select(approval => approval.TeammateId), cancellationToken);
        var tokenIds = approvals.Select(approval => approval.RequestedByTokenId).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        var revoked = await db.Set<ApiToken>().Where(token => tokenIds.Contains(token.Id) && token.RevokedAt != null)
            .Select(token => token.Id).ToHashSetAsync(StringComparer.Ordinal, cancellationToken);
        var hookIds = approvals.Select(approval => approval.RequestedBy.HookId).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        var hooks = await db.Set<IncomingHook>().Where(hook => hookIds.Contains(hook.Id)).Select(hook => hook.Id).ToHashSetAsync(StringComparer.Ordinal, cancellationToken);
        return [.. approvals.Select(approval => new AttentionRow(
            approval,
            approval.ReadContent(),
            names.GetValueOrDefault(approval.TeammateId, approval.TeammateId),
            approval.RequestedByTokenId is { } id && revoked.Contains(id),
            approval.RequestedBy.HookId is { } hookId && !hooks.Contains(hookId),
            state))];
    }
}
