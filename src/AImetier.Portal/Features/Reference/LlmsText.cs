using System.Globalization;
using System.Text;

namespace AImetier.Portal.Features.Reference;

/// <summary>The contents of the manual for language models that look for it.</summary>
/// <remarks>https://llmstxt.org.</remarks>
internal static class LlmsText
{
    /// <summary>Writes it.</summary>
    /// <param name="manual">The manual.</param>
    /// <param name="address">Address of this Portal, without a slash at its end.</param>
    public static string Of(Manual manual, string address)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"# AImetier Portal\n\n> Software asks an AI teammate of a business for work, with a key of that one teammate. What would leave the business waits for a person's OK. This installation is at {address}.\n\n");
        text.Append(CultureInfo.InvariantCulture, $"The API is JSON over HTTPS under {address}/api/v1. The key is sent as `Authorization: Bearer hclip_…` and in no other way. Errors are problem details (RFC 9457): compare `code`.\n");
        foreach (var group in manual.Groups)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n## {group.Name}\n\n");
            foreach (var topic in group.Topics)
                text.Append(CultureInfo.InvariantCulture, $"- [{topic.Title}]({address}{topic.Path}.md): {topic.Summary}\n");
        }

        return text.Append(CultureInfo.InvariantCulture, $"\n## Optional\n\n- [OpenAPI 3.1 description]({address}{ReferenceServices.Address}): every endpoint, object and error for programs\n").ToString();
    }
}
