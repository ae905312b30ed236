using System.Net;

namespace AImetier.Portal.Security;

/// <summary>Asks the operating system, so that its hosts file and its servers count.</summary>
public sealed class SystemHostNames : IHostNames
{
    /// <inheritdoc/>
    public Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken) => Dns.GetHostAddressesAsync(host, cancellationToken);
}
