namespace AImetier.Portal.Features.Accounts;

/// <summary>Once the server listens, prints the set-up link on the console while there is no owner. The console, never the log: whoever has the code owns the Portal.</summary>
/// <param name="scopes">Makes the scope of the read.</param>
/// <param name="code">The one-time code.</param>
/// <param name="address">Where the Portal is reached.</param>
public sealed class SetupAnnouncer(IServiceScopeFactory scopes, SetupCode code, PortalAddress address) : IHostedLifecycleService
{
    /// <inheritdoc/>
    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        if (await scope.ServiceProvider.GetRequiredService<SetupService>().IsNeededAsync(cancellationToken))
            await Console.Out.WriteLineAsync($"This Portal is new. Set it up at {address.Value}/setup#code={code.Show()}");
    }

    /// <inheritdoc/>
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
