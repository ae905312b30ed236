using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;

namespace AImetier.Portal.Security;

/// <summary>
/// Decides where webhooks may go. A name is asked for once and all of its addresses are looked at: one that is not public spoils the whole name, because
/// such mixtures are made to slip one through.
/// </summary>
/// <param name="names">Knows the addresses of names.</param>
/// <param name="options">What is allowed beyond the public Internet.</param>
/// <param name="time">The clock.</param>
/// <remarks>OWASP Server-Side Request Forgery Prevention Cheat Sheet.</remarks>
public sealed class PublicAddressGuard(IHostNames names, IOptions<PublicAddressOptions> options, TimeProvider time)
{
    private static readonly TimeSpan LongestQuestion = TimeSpan.FromSeconds(5);
    private readonly IPNetwork[] _allowed = [.. options.Value.AllowedNetworks.Select(network => IPNetwork.Parse(network))];

    /// <summary>Networks that are allowed although they are not public, as configured. Pages say so.</summary>
    public IReadOnlyList<string> AllowedNetworks => options.Value.AllowedNetworks;

    /// <summary>Whether plain http is allowed. Pages say so.</summary>
    public bool AllowsHttp => options.Value.AllowHttp;

    /// <summary>Checks an address before it is saved. Every request checks again, because names change.</summary>
    /// <param name="text">What a person typed.</param>
    /// <param name="cancellationToken">Gives up waiting for the name's addresses.</param>
    /// <returns>Good with the address to save, or why not.</returns>
    public async Task<PublicAddressCheck> CheckAsync(string? text, CancellationToken cancellationToken)
    {
        var read = Read(text);
        return read is PublicAddressCheck.Good good ? (await ResolveAsync(good.Address.IdnHost, cancellationToken)).Refusal ?? good : read;
    }

    /// <summary>Checks the text of an address alone.</summary>
    /// <param name="text">What a person typed, or what is stored.</param>
    public PublicAddressCheck Read(string? text) => PublicAddressReader.Read(text, options.Value.AllowHttp);

    /// <summary>The addresses of a host, every one of them allowed, or why there are none.</summary>
    /// <param name="host">A host name in ASCII, or an address.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    internal async Task<(PublicAddressCheck? Refusal, IPAddress[] Addresses)> ResolveAsync(string host, CancellationToken cancellationToken)
    {
        var addresses = IPAddress.TryParse(host, out var address) ? [address] : await AskAsync(host, cancellationToken);
        if (addresses.Length == 0)
            return (new PublicAddressCheck.NameNotFound(), []);
        return addresses.All(IsAllowed) ? (null, addresses) : (new PublicAddressCheck.NotPublic(), []);
    }

    private async Task<IPAddress[]> AskAsync(string host, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(LongestQuestion, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await names.ResolveAsync(host, either.Token);
        }
        catch (SocketException)
        {
            return [];
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return [];
        }
    }

    // A mapped address is another spelling of an IPv4 address, and no server needs it.
    private bool IsAllowed(IPAddress address) =>
        SpecialAddresses.IsPublic(address) || (!address.IsIPv4MappedToIPv6 && _allowed.Any(network => network.Contains(address)));
}
