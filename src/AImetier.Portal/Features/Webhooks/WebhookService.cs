using AImetier.Portal.Data;
using AImetier.Portal.Features.Activity;
using AImetier.Portal.Features.Events;
using AImetier.Portal.Features.Teammates;
using AImetier.Portal.Security;
using Microsoft.EntityFrameworkCore;

namespace AImetier.Portal.Features.Webhooks;

/// <summary>Adds, changes, pauses, resumes and removes endpoints of the current workspace and replaces their secrets, each in one transaction with its activity line.</summary>
/// <param name="db">The database.</param>
/// <param name="checks">Checks what was typed.</param>
/// <param name="secrets">Encrypts secrets.</param>
/// <param name="log">Reads endpoints for lists.</param>
/// <param name="signal">Wakes the sender.</param>
/// <param name="activity">The activity log.</param>
/// <param name="time">The clock.</param>
public sealed class WebhookService(
    PortalDbContext db, WebhookFormCheck checks, WebhookSecrets secrets, WebhookLog log, DeliverySignal signal, ActivityLog activity, TimeProvider time)
{
    private const int ShortestNonce = 16;
    private const int LongestNonce = 64;

    /// <summary>Adds an endpoint to a teammate. Events from then on are sent to it, none from before.</summary>
    /// <param name="teammateId">Id from outside.</param>
    /// <param name="form">What was typed.</param>
    /// <param name="nonce">One-use value of the form, 16 to 64 characters.</param>
    /// <param name="actor">Who adds it.</param>
    /// <param name="cancellationToken">Stops before anything is stored.</param>
    public async Task<AddWebhookOutcome> AddAsync(string? teammateId, WebhookForm form, string? nonce, Actor actor, CancellationToken cancellationToken)
    {
        if (!IsNonce(nonce))
            return new AddWebhookOutcome.BadForm();
        if (await ByNonceAsync(nonce!, cancellationToken) is { } existing)
            return new AddWebhookOutcome.AlreadyAdded(existing);
        var check = await checks.CheckAsync(form, cancellationToken);
        if (check.Problems.Count > 0)
            return new AddWebhookOutcome.Refused(check.Problems);

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (!await db.Set<Teammate>().AnyAsync(row => row.Id == teammateId && row.RemovedAt == null, cancellationToken))
            return new AddWebhookOutcome.NoTeammate();
        if (await ByNonceAsync(nonce!, cancellationToken) is { } other)
            return new AddWebhookOutcome.AlreadyAdded(other);
        if (await db.Set<WebhookEndpoint>().CountAsync(row => row.TeammateId == teammateId && row.RemovedAt == null, cancellationToken) >= WebhookEndpoint.MostPerTeammate)
            return new AddWebhookOutcome.TooMany();

        var secret = WebhookSecret.Generate();
        var endpoint = new WebhookEndpoint
        {
            Id = EntityId.New("we"),
            WorkspaceId = actor.WorkspaceId,
            TeammateId = teammateId!,
            Url = check.Url,
            EventTypes = check.EventTypes,
            Note = check.Note,
            FormNonce = nonce!,
            CreatedAt = time.GetUtcNow(),
            CreatedById = actor.Id,
            CreatedByName = actor.Name,
            Position = await db.Set<EventCounter>().Where(counter => counter.TeammateId == teammateId).Select(counter => counter.Last).SingleOrDefaultAsync(cancellationToken),
        };
        endpoint.SetSecret(secrets.Protect(endpoint.Id, secret));
        db.Add(endpoint);
        Note(actor, ActivityAction.WebhookAdded, endpoint);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(CancellationToken.None);
        return new AddWebhookOutcome.Added(await log.SummarizeAsync(endpoint, CancellationToken.None), secret);
    }

    /// <summary>Changes address, events and note. What waits goes to the new address.</summary>
    /// <param name="webhookId">Id from outside.</param>
    /// <param name="form">What was typed.</param>
    /// <param name="actor">Who changes it.</param>
    /// <param name="cancellationToken">Stops before anything is stored.</param>
    public async Task<ChangeWebhookOutcome> EditAsync(string webhookId, WebhookForm form, Actor actor, CancellationToken cancellationToken)
    {
        if (await log.FindAsync(webhookId, cancellationToken) is null)
            return new ChangeWebhookOutcome.NotFound();
        var check = await checks.CheckAsync(form, cancellationToken);
        if (check.Problems.Count > 0)
            return new ChangeWebhookOutcome.Refused(check.Problems);
        return await ActAsync(
            webhookId,
            endpoint =>
            {
                (endpoint.Url, endpoint.EventTypes, endpoint.Note) = (check.Url, check.EventTypes, check.Note);
                if (db.Entry(endpoint).State != EntityState.Unchanged)
                    Note(actor, ActivityAction.WebhookChanged, endpoint);
            },
            cancellationToken);
    }

    /// <summary>Lets events wait until the endpoint is resumed; nothing is lost within 30 days.</summary>
    /// <param name="webhookId">Id from outside.</param>
    /// <param name="actor">Who pauses it.</param>
    /// <param name="cancellationToken">Stops before anything is stored.</param>
    public Task<ChangeWebhookOutcome> PauseAsync(string webhookId, Actor actor, CancellationToken cancellationToken) => ActAsync(
        webhookId,
        endpoint =>
        {
            if (endpoint.PausedAt is null)
                Note(actor, ActivityAction.WebhookPaused, endpoint);
            endpoint.Pause(time.GetUtcNow());
        },
        cancellationToken);

    /// <summary>Sends again: what waited while a person had it paused at once, what was kept while the Portal had it switched off when it is resent.</summary>
    /// <param name="webhookId">Id from outside.</param>
    /// <param name="actor">Who resumes it.</param>
    /// <param name="cancellationToken">Stops before anything is stored.</param>
    public Task<ChangeWebhookOutcome> ResumeAsync(string webhookId, Actor actor, CancellationToken cancellationToken) => ActAsync(
        webhookId,
        endpoint =>
        {
            if (endpoint.PausedAt is not null || endpoint.DisabledAt is not null)
                Note(actor, ActivityAction.WebhookResumed, endpoint);
            endpoint.Resume();
        },
        cancellationToken);

    /// <summary>Ends an endpoint for good: nothing that waits is sent any more.</summary>
    /// <param name="webhookId">Id from outside.</param>
    /// <param name="actor">Who removes it.</param>
    /// <param name="cancellationToken">Stops before anything is stored.</param>
    /// <returns>False when the workspace has no such endpoint.</returns>
    public async Task<bool> RemoveAsync(string webhookId, Actor actor, CancellationToken cancellationToken) =>
        await ActAsync(
            webhookId,
            endpoint =>
            {
                endpoint.Remove(time.GetUtcNow());
                Note(actor, ActivityAction.WebhookRemoved, endpoint);
            },
            cancellationToken) is ChangeWebhookOutcome.Done;

    /// <summary>Makes a new secret; the one before signs along for 24 hours, so that the receiver can change over in peace.</summary>
    /// <param name="webhookId">Id from outside.</param>
    /// <param name="nonce">One-use value of the form, 16 to 64 characters.</param>
    /// <param name="actor">Who replaces it.</param>
    /// <param name="cancellationToken">Stops before anything is stored.</param>
    public async Task<ReplaceSecretOutcome> ReplaceSecretAsync(string webhookId, string? nonce, Actor actor, CancellationToken cancellationToken)
    {
        if (!IsNonce(nonce))
            return new ReplaceSecretOutcome.BadForm();
        var secret = WebhookSecret.Generate();
        var again = false;
        var outcome = await ActAsync(
            webhookId,
            endpoint =>
            {
                again = string.Equals(endpoint.SecretNonce, nonce, StringComparison.Ordinal);
                if (again)
                    return;
                endpoint.ReplaceSecret(secrets.Protect(endpoint.Id, secret), nonce!, time.GetUtcNow());
                Note(actor, ActivityAction.WebhookSecretReplaced, endpoint);
            },
            cancellationToken);
        return outcome switch
        {
            ChangeWebhookOutcome.Done(var webhook) when again => new ReplaceSecretOutcome.AlreadyReplaced(webhook),
            ChangeWebhookOutcome.Done(var webhook) => new ReplaceSecretOutcome.Replaced(webhook, secret),
            _ => new ReplaceSecretOutcome.NotFound(),
        };
    }

    private async Task<ChangeWebhookOutcome> ActAsync(string webhookId, Action<WebhookEndpoint> act, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await db.Set<WebhookEndpoint>().SingleOrDefaultAsync(row => row.Id == webhookId && row.RemovedAt == null, cancellationToken) is not { } endpoint)
            return new ChangeWebhookOutcome.NotFound();
        act(endpoint);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(CancellationToken.None);
        signal.Set();
        return new ChangeWebhookOutcome.Done(await log.SummarizeAsync(endpoint, CancellationToken.None));
    }

    private Task<string?> ByNonceAsync(string nonce, CancellationToken cancellationToken) =>
        db.Set<WebhookEndpoint>().Where(row => row.FormNonce == nonce).Select(row => row.Id).SingleOrDefaultAsync(cancellationToken);

    private void Note(Actor actor, ActivityAction action, WebhookEndpoint endpoint) =>
        activity.Add(actor, action, endpoint.Id, endpoint.Host, endpoint.TeammateId, endpoint.Note);

    private static bool IsNonce(string? nonce) => nonce is { Length: >= ShortestNonce and <= LongestNonce };
}
