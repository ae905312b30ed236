using System.Security.Cryptography;
using AImetier.Portal.Data;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace AImetier.Portal.Tests.Host;

/// <summary>
/// The real Portal on a real Kestrel port with its own data directory and a clock that tests move.
/// The owner exists from the start (unattended set-up) unless <see cref="WithoutOwner"/>.
/// </summary>
public class PortalHost : WebApplicationFactory<Program>
{
    private readonly Dictionary<string, string?> _settings = new(StringComparer.Ordinal);
    private bool _started;

    /// <summary>E-mail of the owner.</summary>
    public const string OwnerEmail = "owner@bakery.test";

    /// <summary>Password of the owner, made for this run.</summary>
    public string OwnerPassword { get; } = "Pw-" + RandomNumberGenerator.GetHexString(20);

    /// <summary>Where this Portal keeps its files; deleted at the end.</summary>
    public string DataDirectory { get; } = Directory.CreateTempSubdirectory("portal-test-").FullName;

    /// <summary>The Portal's clock. It starts now and moves only when a test says so.</summary>
    public FakeTimeProvider Clock { get; } = new(TimeProvider.System.GetUtcNow());

    /// <summary>Address of the running Portal.</summary>
    public Uri Address
    {
        get
        {
            Start();
            return ClientOptions.BaseAddress;
        }
    }

    /// <summary>Changes a setting before the start.</summary>
    public PortalHost With(string key, string? value)
    {
        _settings[key] = value;
        return this;
    }

    /// <summary>Leaves out the unattended set-up.</summary>
    public PortalHost WithoutOwner() => With("Setup:Email", null).With("Setup:Password", null).With("Setup:Workspace", null);

    /// <summary>A client without cookies that follows no redirect.</summary>
    public HttpClient Client()
    {
        Start();
        return PlainHttp.Create(Address, cookies: false);
    }

    /// <summary>A browser-like client with cookies that follows no redirect.</summary>
    public HttpClient Browser()
    {
        Start();
        return PlainHttp.Create(Address, cookies: true);
    }

    /// <summary>Runs code in a scope of the Portal, with the workspace set when one is given.</summary>
    public async Task<T> InScopeAsync<T>(Func<IServiceProvider, Task<T>> act, string? workspaceId = null)
    {
        Start();
        await using var scope = Services.CreateAsyncScope();
        if (workspaceId is not null)
            scope.ServiceProvider.GetRequiredService<CurrentWorkspace>().Set(workspaceId);
        return await act(scope.ServiceProvider);
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment("Development");
        builder.UseSetting("Portal:DataDirectory", DataDirectory);
        builder.UseSetting("Setup:Email", OwnerEmail);
        builder.UseSetting("Setup:Password", OwnerPassword);
        builder.UseSetting("Setup:Workspace", "The Bakery");
        foreach (var (key, value) in _settings)
            builder.UseSetting(key, value);
        builder.ConfigureTestServices(services => services.AddSingleton<TimeProvider>(Clock));
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing && Directory.Exists(DataDirectory))
            Directory.Delete(DataDirectory, recursive: true);
    }

    private void Start()
    {
        if (_started)
            return;
        UseKestrel(0);
        StartServer();
        _started = true;
    }
}
