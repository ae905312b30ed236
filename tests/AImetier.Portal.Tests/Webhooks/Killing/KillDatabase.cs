using System.Security.Cryptography;
using AImetier.Portal.Data;
using AImetier.Portal.Features.Accounts;
using AImetier.Portal.Features.Activity;
using AImetier.Portal.Features.Events;
using AImetier.Portal.Features.Teammates;
using AImetier.Portal.Features.Webhooks;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace AImetier.Portal.Tests.Webhooks.Killing;

/// <summary>The database that the killed processes work on, and the one who stores events in it and is never killed. Nothing is sent from here.</summary>
public sealed class KillDatabase : IAsyncDisposable
{
    private const int MostAtOnce = 500;
    private readonly WebApplication _app;
    private readonly DirectoryInfo _data;
    private readonly List<string> _published = [];
    private string _workspaceId = "";
    private string _teammateId = "";

    private KillDatabase(WebApplication app, DirectoryInfo data) => (_app, _data) = (app, data);

    /// <summary>Its folder.</summary>
    public string Folder => _data.FullName;

    /// <summary>Events stored.</summary>
    public IReadOnlyList<string> Published => _published;

    /// <summary>Makes it, with an endpoint.</summary>
    /// <param name="receiver">Where its events go; it learns the secret.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task<KillDatabase> CreateAsync(KillReceiver receiver, CancellationToken cancellationToken)
    {
        var data = Directory.CreateTempSubdirectory("portal-kill-");
        var made = new KillDatabase(Build(data), data);
        var services = made._app.Services;
        await services.GetRequiredService<DatabaseStart>().RunAsync(cancellationToken);
        await services.GetRequiredService<SetupStart>().RunAsync(cancellationToken);
        made._workspaceId = await made.InScopeAsync(db => db.Set<Person>().IgnoreQueryFilters().Select(person => person.WorkspaceId).SingleAsync(cancellationToken));

        await using var scope = services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentWorkspace>().Set(made._workspaceId);
        var actor = new Actor(made._workspaceId, ActorKind.Person, "usr_ann", "Ann");
        var hired = await scope.ServiceProvider.GetRequiredService<TeammateService>().HireAsync(TeammateProfile.Of("Léa", "Marketing", ""), actor, cancellationToken);
        made._teammateId = ((TeammateOutcome.Done)hired).Teammate.Id;
        var added = await scope.ServiceProvider.GetRequiredService<WebhookService>().AddAsync(
            made._teammateId, new WebhookForm(receiver.Address, WebhookEvents.All, null), EntityId.New("nonce"), actor, cancellationToken);
        receiver.Secret = ((AddWebhookOutcome.Added)added).Secret;
        return made;
    }

    /// <summary>Stores events; what is stored is known.</summary>
    /// <param name="count">How many.</param>
    /// <param name="cancellationToken">Stops between transactions.</param>
    public async Task PublishAsync(int count, CancellationToken cancellationToken)
    {
        for (var left = count; left > 0 && !cancellationToken.IsCancellationRequested; left -= MostAtOnce)
            _published.AddRange(await PublishOnceAsync(Math.Min(left, MostAtOnce)));
    }

    /// <summary>Deliveries that are under way.</summary>
    public Task<int> ClaimedAsync() => InScopeAsync(db => db.Set<WebhookDelivery>().IgnoreQueryFilters().CountAsync(row => row.ClaimId != null && row.State == DeliveryState.Pending));

    /// <summary>Deliveries in all, and those not delivered.</summary>
    public Task<(int All, int Undelivered)> DeliveriesAsync() => InScopeAsync(async db =>
    {
        var rows = db.Set<WebhookDelivery>().IgnoreQueryFilters();
        return (await rows.CountAsync(), await rows.CountAsync(row => row.State != DeliveryState.Delivered));
    });

    /// <summary>What SQLite says of the file.</summary>
    public Task<string> CheckAsync() => InScopeAsync(async db => (await db.Database.SqlQueryRaw<string>("PRAGMA integrity_check").ToListAsync())[0]);

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _data.Delete(recursive: true);
    }

    private async Task<List<string>> PublishOnceAsync(int count)
    {
        while (true)
        {
            try
            {
                return await StoreAsync(count);
            }
            catch (Exception e) when (DatabaseBusy.Is(e))
            {
                // Nothing was stored: once more.
            }
        }
    }

    private async Task<List<string>> StoreAsync(int count)
    {
        await using var scope = _app.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PortalDbContext>();
        await using var transaction = await db.Database.BeginTransactionAsync(CancellationToken.None);
        for (var n = 0; n < count; n++)
        {
            await scope.ServiceProvider.GetRequiredService<EventPublisher>().AddAsync(
                _workspaceId, _teammateId, "message.completed", new { teammateId = _teammateId, number = n }, visibleToKeys: true, CancellationToken.None);
        }

        var ids = db.ChangeTracker.Entries<OutboxEvent>().Select(entry => entry.Entity.Id).ToList();
        await db.SaveChangesAsync(CancellationToken.None);
        await transaction.CommitAsync(CancellationToken.None);
        return ids;
    }

    private async Task<T> InScopeAsync<T>(Func<PortalDbContext, Task<T>> read)
    {
        await using var scope = _app.Services.CreateAsyncScope();
        return await read(scope.ServiceProvider.GetRequiredService<PortalDbContext>());
    }

    private static WebApplication Build(DirectoryInfo data)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(PortalApplication).Assembly.GetName().Name,
            ContentRootPath = Path.GetDirectoryName(typeof(PortalApplication).Assembly.Location),
        });
        builder.Configuration.AddInMemoryCollection(KilledProcess.Settings(data.FullName).Append(new("Serilog:MinimumLevel:Default", "Error")));
        builder.Configuration["Setup:Email"] = "owner@bakery.test";
        builder.Configuration["Setup:Password"] = "Pw-" + RandomNumberGenerator.GetHexString(20);
        builder.Configuration["Setup:Workspace"] = "The Bakery";
        builder.AddPortal();
        return builder.Build();
    }
}
