using AImetier.Portal.Data;
using AImetier.Portal.Features.Activity;
using AImetier.Portal.Features.Events;
using AImetier.Portal.Features.Webhooks;
using AImetier.Portal.Security;
using AImetier.Portal.Tests.Host;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AImetier.Portal.Tests.Webhooks;

/// <summary>A Portal that may send to this machine, and what tests of webhooks need.</summary>
public sealed class WebhookPortal : PortalHost
{
    public WebhookPortal() => With("Webhooks:AllowedNetworks:0", "127.0.0.0/8").With("Webhooks:AllowHttp", "true");

    /// <summary>A form that fits.</summary>
    public static WebhookForm Form(string url, params string[] events) => new(url, events.Length == 0 ? WebhookEvents.All : events, null);

    /// <summary>Calls one of the services as a person of a workspace; without one, of the owner's.</summary>
    public async Task<T> AsPersonAsync<TService, T>(Func<TService, Actor, Task<T>> act, string? workspaceId = null)
        where TService : notnull
    {
        workspaceId ??= await this.WorkspaceIdAsync();
        return await InScopeAsync(services => act(services.GetRequiredService<TService>(), new Actor(workspaceId, ActorKind.Person, "usr_ann", "Ann")), workspaceId);
    }

    /// <summary>Adds an endpoint to a teammate; without one, to a new one.</summary>
    public async Task<AddWebhookOutcome.Added> AddAsync(string url, string? teammateId = null, params string[] events)
    {
        teammateId ??= await this.HireAsync();
        var outcome = await AsPersonAsync((WebhookService service, Actor actor) => service.AddAsync(teammateId, Form(url, events), EntityId.New("nonce"), actor, CancellationToken.None));
        return (AddWebhookOutcome.Added)outcome;
    }

    /// <summary>Stores events of a teammate, all in one transaction.</summary>
    /// <returns>Their ids, in order.</returns>
    public Task<List<string>> PublishAsync(string teammateId, int count = 1, string type = "message.completed") => InScopeAsync(async services =>
    {
        var db = services.GetRequiredService<PortalDbContext>();
        await using var transaction = await db.Database.BeginTransactionAsync();
        var workspaceId = await this.WorkspaceIdAsync();
        for (var n = 0; n < count; n++)
            await services.GetRequiredService<EventPublisher>().AddAsync(workspaceId, teammateId, type, new { teammateId, number = n }, visibleToKeys: true, CancellationToken.None);
        var ids = db.ChangeTracker.Entries<OutboxEvent>().Select(entry => entry.Entity).OrderBy(row => row.Position).Select(row => row.Id).ToList();
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
        return ids;
    });

    /// <summary>An endpoint's row.</summary>
    public Task<WebhookEndpoint> EndpointAsync(string webhookId) =>
        InScopeAsync(services => services.GetRequiredService<PortalDbContext>().Set<WebhookEndpoint>().IgnoreQueryFilters().AsNoTracking().SingleAsync(row => row.Id == webhookId));

    /// <summary>Whether an endpoint's row is there.</summary>
    public Task<bool> ExistsAsync(string webhookId) =>
        InScopeAsync(services => services.GetRequiredService<PortalDbContext>().Set<WebhookEndpoint>().IgnoreQueryFilters().AnyAsync(row => row.Id == webhookId));

    /// <summary>An endpoint's deliveries, in order.</summary>
    public Task<List<WebhookDelivery>> DeliveriesAsync(string webhookId) => InScopeAsync(services => services.GetRequiredService<PortalDbContext>()
        .Set<WebhookDelivery>().IgnoreQueryFilters().AsNoTracking().Where(row => row.EndpointId == webhookId).OrderBy(row => row.CreatedAt).ToListAsync());

    /// <summary>Waits, without letting time pass, until an endpoint's deliveries are so.</summary>
    public async Task<List<WebhookDelivery>> UntilAsync(string webhookId, Func<List<WebhookDelivery>, bool> holds)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(120), TimeProvider.System);
        while (true)
        {
            var rows = await DeliveriesAsync(webhookId);
            if (holds(rows))
                return rows;
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, limit.Token);
        }
    }

    /// <summary>Waits until an endpoint has so many attempts stored, and none is being made.</summary>
    public Task<List<WebhookDelivery>> AttemptsAsync(string webhookId, int attempts) =>
        UntilAsync(webhookId, rows => rows.Sum(row => row.Attempts) >= attempts && rows.All(row => row.ClaimId is null));

    /// <summary>Lets time pass, and the sender look: it may have looked just before, and be about to wait for a second that never comes.</summary>
    public void Pass(TimeSpan time)
    {
        Clock.Advance(time);
        Services.GetRequiredService<DeliverySignal>().Set();
    }

    /// <summary>Lets time pass until the next attempt of an endpoint is due, and waits until it is stored.</summary>
    public async Task<List<WebhookDelivery>> NextAttemptAsync(string webhookId)
    {
        var rows = await DeliveriesAsync(webhookId);
        var due = rows.Where(row => row.State == DeliveryState.Pending).Min(row => row.DueAt);
        var made = rows.Sum(row => row.Attempts);
        Pass(due - Clock.GetUtcNow() + TimeSpan.FromSeconds(1));
        return await AttemptsAsync(webhookId, made + 1);
    }

    /// <summary>A delivery as the log shows it.</summary>
    public async Task<DeliveryDetail> DetailAsync(string deliveryId) =>
        (await AsPersonAsync((WebhookLog log, Actor _) => log.DetailAsync(deliveryId, CancellationToken.None)))!;

    /// <summary>An endpoint as lists show it.</summary>
    public async Task<WebhookSummary> SummaryAsync(string webhookId) =>
        (await AsPersonAsync((WebhookLog log, Actor _) => log.FindAsync(webhookId, CancellationToken.None)))!;

    /// <summary>Types of acts in the activity log on an endpoint, in order.</summary>
    public Task<List<ActivityAction>> ActsAsync(string webhookId) => InScopeAsync(services => services.GetRequiredService<PortalDbContext>()
        .Set<ActivityEntry>().IgnoreQueryFilters().Where(entry => entry.SubjectId == webhookId).OrderBy(entry => entry.Id).Select(entry => entry.Action).ToListAsync());

    /// <summary>Checks what a receiver got, as a receiver would.</summary>
    public static SignatureCheck Check(Received received, WebhookSecret secret) => WebhookSignature.Verify(
        [secret], received.Id, received.Timestamp, received.Signature, received.Body, DateTimeOffset.FromUnixTimeSeconds(long.Parse(received.Timestamp, System.Globalization.CultureInfo.InvariantCulture)));
}
