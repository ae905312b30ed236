using System.Security.Cryptography;
using AImetier.Portal.Data;
using AImetier.Portal.Features.Accounts;
using AImetier.Portal.Features.Activity;
using AImetier.Portal.Features.ApiTokens;
using AImetier.Portal.Features.Connectors;
using AImetier.Portal.Features.Teammates;
using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AImetier.Portal.Tests.Approvals.Modeling;

/// <summary>
/// The Portal's services on a database file of their own, with a clock and a way out that sequences rule. Nothing runs beside the steps: no worker
/// is started. The file lies in memory where the system has such a place, which spares the wait for the disk and nothing else.
/// </summary>
internal sealed class ModelPortal : IAsyncDisposable
{
    private const string InMemory = "/dev/shm";
    private readonly WebApplication _app;
    private readonly string _folder;
    private readonly SqliteConnection _connection;

    private ModelPortal(WebApplication app, string folder, HandClock clock, RecordingChannel channel)
    {
        (_app, _folder, Clock, Channel) = (app, folder, clock, channel);
        _connection = app.Services.GetRequiredService<DatabaseConnection>().Open();
    }

    public HandClock Clock { get; }

    public RecordingChannel Channel { get; }

    /// <summary>Who decides.</summary>
    public Actor Person { get; private set; } = null!;

    public static async Task<ModelPortal> CreateAsync()
    {
        var root = Directory.Exists(InMemory) ? InMemory : Path.GetTempPath();
        var folder = Directory.CreateDirectory(Path.Combine(root, "portal-model-" + RandomNumberGenerator.GetHexString(12))).FullName;
        var clock = new HandClock();
        var channel = new RecordingChannel(clock);
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(PortalApplication).Assembly.GetName().Name,
            ContentRootPath = folder,
        });
        builder.Configuration["Portal:DataDirectory"] = folder;
        builder.Configuration["Setup:Email"] = "owner@bakery.test";
        builder.Configuration["Setup:Password"] = "Pw-" + RandomNumberGenerator.GetHexString(20);
        builder.Configuration["Setup:Workspace"] = "The Bakery";
        builder.Configuration["Serilog:MinimumLevel:Default"] = "Fatal";
        builder.AddPortal();
        builder.Services.AddSingleton<TimeProvider>(clock);
        builder.Services.AddSingleton<IOutwardChannel>(channel);
        var app = builder.Build();
        await app.Services.GetRequiredService<DatabaseStart>().RunAsync(CancellationToken.None);
        await app.Services.GetRequiredService<SetupStart>().RunAsync(CancellationToken.None);

        var portal = new ModelPortal(app, folder, clock, channel);
        await using var scope = app.Services.CreateAsyncScope();
        var owner = await scope.ServiceProvider.GetRequiredService<PortalDbContext>().Set<Person>().IgnoreQueryFilters().AsNoTracking().SingleAsync();
        portal.Person = new Actor(owner.WorkspaceId, ActorKind.Person, owner.Id, owner.DisplayName);
        return portal;
    }

    /// <summary>Runs code in a scope of the workspace, as a request has one.</summary>
    public async Task<T> InScopeAsync<T>(Func<IServiceProvider, Task<T>> act)
    {
        await using var scope = _app.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentWorkspace>().Set(Person.WorkspaceId);
        return await act(scope.ServiceProvider);
    }

    public async Task<string> HireAsync() => await InScopeAsync(services => services.GetRequiredService<TeammateService>()
        .HireAsync(TeammateProfile.Of("Mia", "Marketing", ""), Person, CancellationToken.None)) is TeammateOutcome.Done(var mia)
        ? mia.Id
        : throw new InvalidOperationException("Nobody could be hired.");

    /// <summary>Gives a teammate a key with this public id, by a row: proving keys is another matter, and slow on purpose.</summary>
    public Task<string> KeyOfAsync(string teammateId, string keyId) => InScopeAsync(async services =>
    {
        var db = services.GetRequiredService<PortalDbContext>();
        var token = new ApiToken
        {
            Id = keyId,
            WorkspaceId = Person.WorkspaceId,
            TeammateId = teammateId,
            Name = "Website",
            FormNonce = keyId,
            CreatedAt = Clock.GetUtcNow(),
            CreatedById = Person.Id,
            CreatedByName = Person.Name,
        };
        token.SetHash("never proved");
        db.Add(token);
        await db.SaveChangesAsync();
        return keyId;
    });

    /// <summary>The row as it is stored, past the services.</summary>
    public StoredApproval Read(string id)
    {
        using var command = Command("""SELECT "State", "Content", "ContentHash", "ApprovedHash", "SetAsideAt" IS NOT NULL FROM "Approvals" WHERE "Id" = $p0""", id);
        using var reader = command.ExecuteReader();
        return reader.Read()
            ? new StoredApproval((Features.Approvals.ApprovalState)reader.GetInt32(0), reader.GetString(1), reader.GetString(2), reader.IsDBNull(3) ? null : reader.GetString(3), reader.GetBoolean(4))
            : throw new InvalidOperationException($"{id} is gone.");
    }

    /// <summary>Writes past the services.</summary>
    public void Run(string sql, params ReadOnlySpan<object> values)
    {
        using var command = Command(sql, values);
        command.ExecuteNonQuery();
    }

    public async ValueTask DisposeAsync()
    {
        _connection.Dispose();
        SqliteConnection.ClearPool(_connection);
        await _app.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private SqliteCommand Command(string sql, params ReadOnlySpan<object> values)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        for (var i = 0; i < values.Length; i++)
            command.Parameters.AddWithValue("$p" + i.ToString(System.Globalization.CultureInfo.InvariantCulture), values[i]);
        return command;
    }
}
