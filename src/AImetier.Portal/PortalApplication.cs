using System.Globalization;
using AImetier.Portal.Data;
using AImetier.Portal.Features.Accounts;
using AImetier.Portal.Features.Activity;
using AImetier.Portal.Features.ApiTokens;
using AImetier.Portal.Features.Approvals;
using AImetier.Portal.Features.ChatModels;
using AImetier.Portal.Features.Connectors;
using AImetier.Portal.Features.Conversations;
using AImetier.Portal.Features.Developer;
using AImetier.Portal.Features.Events;
using AImetier.Portal.Features.Idempotency;
using AImetier.Portal.Features.IncomingHooks;
using AImetier.Portal.Features.Mcp;
using AImetier.Portal.Features.NeedsAttention;
using AImetier.Portal.Features.OpenAiDoor;
using AImetier.Portal.Features.Reference;
using AImetier.Portal.Features.Settings;
using AImetier.Portal.Features.Shared;
using AImetier.Portal.Features.Teammates;
using AImetier.Portal.Features.Webhooks;
using AImetier.Portal.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using Serilog;
using Serilog.Formatting.Display;

namespace AImetier.Portal;

/// <summary>The whole Portal, put together: the only place that knows every feature.</summary>
public static class PortalApplication
{
    private const string Doors = "Doors";

    // The API takes 1 MB and says so itself; nothing here needs more.
    private const long LargestBody = 2 * 1024 * 1024;
    private const string LogTemplate = "{Timestamp:HH:mm:ss} {Level:u3} {Message:lj}{NewLine}{Exception}";

    /// <summary>Builds and runs the Portal.</summary>
    /// <param name="args">Command line: settings, or a command.</param>
    /// <returns>Exit code: 0, or 1 when it could not start for a reason a person can fix.</returns>
    public static Task<int> RunAsync(string[] args) => RunAsync(WebApplication.CreateBuilder(args), args, _ => { });

    /// <summary>The same, with what the load tests map beside the Portal to compare it with.</summary>
    /// <param name="builder">The host's builder.</param>
    /// <param name="args">Command line: settings, or a command.</param>
    /// <param name="map">Runs after everything is mapped.</param>
    internal static async Task<int> RunAsync(WebApplicationBuilder builder, string[] args, Action<WebApplication> map)
    {
        try
        {
            builder.AddPortal();
            await using var app = builder.Build();
            var lanes = app.Services.GetRequiredService<IOptions<Argon2Options>>().Value.Parallelism;
            HashingGate.ReserveThreads((TokenHashingGate.Parallel + PasswordHashing.Parallel) * lanes);
            app.ProveAddresses();
            app.UsePortal();
            map(app);
            await app.Services.GetRequiredService<DatabaseStart>().RunAsync(CancellationToken.None);
            await app.Services.ReapplyRevocationsAsync(CancellationToken.None);
            if (await Commands.RunAsync(app.Services, args, CancellationToken.None) is { } exitCode)
                return exitCode;
            await app.Services.GetRequiredService<SetupStart>().RunAsync(CancellationToken.None);
            if (app.MissesItsProxy())
                await Console.Error.WriteLineAsync("Portal:PublicUrl is https, every bound address is http, and Proxies:Trusted names no proxy: all visitors count as one source. Name the proxy's network.");
            await app.StartOrStopAsync();
            await app.WaitForShutdownAsync();
            return 0;
        }
        catch (Exception e) when (StartFailure.Describe(e) is { } line)
        {
            await Console.Error.WriteLineAsync($"The Portal did not start. {line}");
            return 1;
        }
    }

    /// <summary>Adds every feature.</summary>
    /// <param name="builder">The host's builder.</param>
    public static void AddPortal(this WebApplicationBuilder builder)
    {
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = LargestBody;
        });
        builder.Services.AddSerilog((_, logging) => logging
            .ReadFrom.Configuration(builder.Configuration)
            .Filter.ByExcluding(StartFailure.IsToldBy)
            .WriteTo.Console(new SecretRedaction(new MessageTemplateTextFormatter(LogTemplate, CultureInfo.InvariantCulture))));

        builder.Services
            .AddData()
            .AddKeyRing(builder.Configuration)
            .AddSecurity()
            .AddAddressRules()
            .AddPublicAddresses()
            .AddActivity()
            .AddEvents()
            .AddAccounts()
            .AddTeammates()
            .AddApiTokens()
            .AddConnectors()
            .AddApprovals()
            .AddWebhooks()
            .AddNeedsAttention()
            .AddIdempotency()
            .AddChatModels()
            .AddConversations()
            .AddIncomingHooks()
            .AddOpenAiDoor()
            .AddMcpDoor()
            .AddDeveloper()
            .AddSettings()
            .AddReference()
            .AddShared();
        AddDoors(builder.Services);

        var views = new FeatureViews();
        builder.Services.AddLocalization();
        builder.Services.AddControllersWithViews(mvc => mvc.Conventions.Add(views))
            .AddRazorOptions(razor => razor.ViewLocationExpanders.Add(views));
    }

    /// <summary>Orders the pipeline and maps every feature.</summary>
    /// <param name="app">The built application.</param>
    public static void UsePortal(this WebApplication app)
    {
        app.UseTrustedProxies();
        app.UseRequestIds();
        app.UsePortalSecurityHeaders();
        app.UseRequestLocalization();
        app.UseApiErrors();
        app.UseErrorPages();
        app.UsePageFiles();
        app.UseRouting();
        app.UseAccounts();
        app.UseWhen(context => !ApiErrors.IsForPrograms(context.Request.Path), pages => pages.UseAuthentication());

        // Else the host would add authentication in front of everything once more, for programs' addresses too.
        ((IApplicationBuilder)app).Properties["__AuthenticationMiddlewareSet"] = true;
        app.UseKeys();
        app.UseUnknownPages();
        app.UseAuthorization();
        app.UseCurrentWorkspace();
        app.UseKeyRateLimit();

        app.MapControllers().RequireAuthorization(Policies.SignedIn);
        app.MapMe();
        app.MapEvents();
        app.MapConversations();
        app.MapApprovals();
        app.MapWebhooks();
        app.MapIncomingHooks();
        app.MapOpenAiDoor();
        app.MapMcpDoor();
        app.MapReference();
        app.MapProbeAddresses();
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false }).AllowAnonymous();
        app.MapHealthChecks("/health/ready").AllowAnonymous();
    }

    // Two doors that never open for each other's visitors: keys for programs' addresses, sessions for pages. What has no rule of its own asks
    // for whoever the address is for.
    private static void AddDoors(IServiceCollection services)
    {
        services.AddAuthentication(Doors).AddPolicyScheme(Doors, null, door => door.ForwardDefaultSelector = context =>
            ApiErrors.IsForPrograms(context.Request.Path) ? Policies.KeyScheme : AccountServices.SessionScheme);
        services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        services.AddHealthChecks().AddCheck<DatabaseHealth>("database");
    }

    // What has started already ends in order, as at any stop; the exception is why something else could not start.
    private static async Task StartOrStopAsync(this WebApplication app)
    {
        try
        {
            await app.StartAsync();
        }
        catch
        {
            await app.StopAsync().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }
    }
}
