using AImetier.Portal.Data;
using Microsoft.Extensions.Options;

namespace AImetier.Portal.Features.Shared;

/// <summary>Makes absolute addresses of this installation.</summary>
public static class PublicAddresses
{
    /// <summary>The absolute address of a path: under <c>Portal:PublicUrl</c>, or under the request's own address.</summary>
    /// <param name="request">The request.</param>
    /// <param name="path">Begins with a slash.</param>
    public static string PublicAddress(this HttpRequest request, string path)
    {
        var options = request.HttpContext.RequestServices.GetRequiredService<IOptions<PortalOptions>>().Value;
        return (options.PublicUrl?.TrimEnd('/') ?? $"{request.Scheme}://{request.Host}") + path;
    }
}
