using AImetier.Portal.Features.Connectors;

namespace AImetier.Portal.Features.NeedsAttention;

/// <summary>The fields of an e-mail that waits.</summary>
/// <param name="To">Recipient.</param>
/// <param name="Subject">Subject.</param>
/// <param name="Body">Text.</param>
/// <param name="SeenHash">Hash of the content that the form was filled with.</param>
public sealed record EditForm(string? To, string? Subject, string? Body, string? SeenHash)
{
    /// <summary>What was typed. A browser writes every line end as CR LF; text nobody touched stays exactly what it was.</summary>
    /// <param name="original">The content now.</param>
    public EmailContent ToContent(EmailContent original)
    {
        var body = Body ?? "";
        return new EmailContent((To ?? "").Trim(), Subject ?? "", Lines(body) == Lines(original.Body) ? original.Body : Lines(body));
    }

    private static string Lines(string text) => text.Replace("\r\n", "\n", StringComparison.Ordinal);
}
