namespace AImetier.Portal.BrowserTests.Host;

/// <summary>A test that begins with a Portal nobody has set up, of its own.</summary>
public abstract class NewPortalTest : BrowserTest
{
    /// <inheritdoc/>
    public override async Task DisposeAsync()
    {
        try
        {
            await base.DisposeAsync();
        }
        finally
        {
            await Portal.DisposeAsync();
        }
    }

    /// <inheritdoc/>
    protected override Task<PortalProcess> PortalAsync() => PortalProcess.StartAsync(withOwner: false);
}
