using System.ComponentModel.DataAnnotations;

namespace AImetier.Portal.Data;

/// <summary>Section <c>Portal</c>: where the Portal keeps its files and which address it is reached at.</summary>
public sealed class PortalOptions : IValidatableObject
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Portal";

    /// <summary>Folder of the database, key ring, outbox and revocation journal; relative to the content root. Default <c>data</c>.</summary>
    [Required(AllowEmptyStrings = false)]
    public string DataDirectory { get; set; } = "data";

    /// <summary>Base of absolute links, such as <c>https://portal.example.com</c>; null means the request's own address.</summary>
    public string? PublicUrl { get; set; }

    /// <summary>Permits a non-loopback http address without a trusted proxy. Default false.</summary>
    public bool AllowPlainHttp { get; set; }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (PublicUrl is null)
            yield break;

        var isWebAddress = Uri.TryCreate(PublicUrl, UriKind.Absolute, out var uri)
            && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp)
            && uri.UserInfo.Length == 0 && uri.Query.Length == 0 && uri.Fragment.Length == 0 && uri.AbsolutePath == "/";
        if (!isWebAddress)
            yield return new ValidationResult("must be http(s)://host[:port] without a path, user, query or fragment", [nameof(PublicUrl)]);
    }
}
