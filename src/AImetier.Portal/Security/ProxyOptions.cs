using System.ComponentModel.DataAnnotations;
using System.Net;

namespace AImetier.Portal.Security;

/// <summary>Section <c>Proxies</c>: whose forwarded headers count.</summary>
public sealed class ProxyOptions : IValidatableObject
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Proxies";

    /// <summary>Networks of trusted proxies in CIDR notation, such as <c>10.0.0.0/8</c>. Default none.</summary>
    public IReadOnlyList<string> Trusted { get; set; } = [];

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var network in Trusted.Where(network => !IPNetwork.TryParse(network, out _)))
            yield return new ValidationResult($"'{network}' is not a network such as 10.0.0.0/8", [nameof(Trusted)]);
    }
}
