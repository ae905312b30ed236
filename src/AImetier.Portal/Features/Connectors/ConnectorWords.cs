using Microsoft.Extensions.Localization;

namespace AImetier.Portal.Features.Connectors;

/// <summary>Puts outcomes of sending into words.</summary>
public static class ConnectorWords
{
    /// <summary>The sentence for why something has surely not left, without the server's own words.</summary>
    /// <param name="text">Resources of Connectors.</param>
    /// <param name="failure">Why.</param>
    public static string Describe(this IStringLocalizer<ConnectorText> text, SendFailure failure) => text[$"Failure.{failure}"].Value;
}
