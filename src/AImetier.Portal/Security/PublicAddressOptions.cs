using System.ComponentModel.DataAnnotations;
using System.Net;

namespace AImetier.Portal.Security;

/// <summary>Section <c>Webhooks</c>: what opens the guard of outgoing webhooks, for local development and for networks of one's own.</summary>
public sealed class PublicAddressOptions : IValidatableObject
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Webhooks";

    /// <summary>Networks in CIDR notation, such as <c>127.0.0.0/8</c>, that may be called although they are not public. Default none.</summary>
    public IReadOnlyList<string> AllowedNetworks { get; set; } = [];

    /// <summary>Whether addresses may begin with <c>http://</c>. Default false.</summary>
    public bool AllowHttp { get; set; }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var network in AllowedNetworks.Where(network => !IPNetwork.TryParse(network, out _)))
            yield return new ValidationResult($"'{network}' is not a network such as 10.0.0.0/8 or fd00::/8", [nameof(AllowedNetworks)]);
    }
}
