using System.Security.Cryptography;
using AImetier.Portal.Data;
using AImetier.Portal.Features.Accounts;
using AImetier.Portal.Features.Activity;
using AImetier.Portal.Features.ApiTokens;
using AImetier.Portal.Features.Teammates;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AImetier.Portal.LoadTests.Hosting;

/// <summary>
/// The Portal's services on a database file of their own, migrated and set up, with one teammate and as many keys as asked for; nothing listens.
/// For figures of single steps.
/// </summary>
internal sealed class InProcessPortal : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly DirectoryInfo _data;

    private InProcessPortal(WebApplication app, DirectoryInfo data, string workspaceId, string teammateId, IReadOnlyList<string> keys)
    {
        _app = app;
        _data = data;
        WorkspaceId = workspaceId;
        TeammateId = teammateId;
        Keys = keys;
    }

    /// <summary>The Portal's services.</summary>
    public IServiceProvider Services => _app.Services;

    /// <summary>The workspace of everything.</summary>
    public string WorkspaceId { get; }

    /// <summary>The teammate of every key.</summary>
    public string TeammateId { get; }

    /// <summary>The text of every key, in the order of creation. None has been proved yet.</summary>
    public IReadOnlyList<string> Keys { get; }

    /// <summary>Makes one.</summary>
    /// <param name="keys">How many keys it has.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task<InProcessPortal> CreateAsync(int keys, CancellationToken cancellationToken)
    {
        var data = Directory.CreateTempSubdirectory("portal-load-");
        var app = Build(data);
        await app.Services.GetRequiredService<DatabaseStart>().RunAsync(cancellationToken);
        await app.Services.GetRequiredService<SetupStart>().RunAsync(cancellationToken);

        await using var scope = app.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PortalDbContext>();
        var owner = await db.Set<Person>().IgnoreQueryFilters().AsNoTracking().SingleAsync(cancellationToken);
        scope.ServiceProvider.GetRequiredService<CurrentWorkspace>().Set(owner.WorkspaceId);
        var actor = new Actor(owner.WorkspaceId, ActorKind.Person, owner.Id, owner.DisplayName);
        var hired = await scope.ServiceProvider.GetRequiredService<TeammateService>().HireAsync(TeammateProfile.Of("Léa", "Marketing", ""), actor, cancellationToken);
        var teammate = ((TeammateOutcome.Done)hired).Teammate;
        var made = await scope.ServiceProvider.GetRequiredService<TokenService>()
            .GenerateAsync(teammate.Id, "Website", RandomNumberGenerator.GetHexString(32), actor, cancellationToken);
        var plain = ((GenerateOutcome.Created)made).Plain;

        var database = app.Services.GetRequiredService<DatabaseConnection>();
        return new InProcessPortal(app, data, owner.WorkspaceId, teammate.Id, KeyRows.Copy(database, plain.Id, keys - 1));
    }

    /// <summary>Runs code in a scope of the workspace, as a request has one.</summary>
    public async Task<T> InScopeAsync<T>(Func<IServiceProvider, Task<T>> act)
    {
        await using var scope = Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentWorkspace>().Set(WorkspaceId);
        return await act(scope.ServiceProvider);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _data.Delete(recursive: true);
    }

    private static WebApplication Build(DirectoryInfo data)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(PortalApplication).Assembly.GetName().Name,
            ContentRootPath = PortalSource.Folder,
        });
        builder.Configuration["Portal:DataDirectory"] = data.FullName;
        builder.Configuration["Setup:Email"] = PortalProcess.OwnerEmail;
        builder.Configuration["Setup:Password"] = "Pw-" + RandomNumberGenerator.GetHexString(20);
        builder.Configuration["Setup:Workspace"] = "The Bakery";
        builder.Configuration["Serilog:MinimumLevel:Default"] = "Warning";
        builder.AddPortal();
        return builder.Build();
    }
}
