using System.Text.RegularExpressions;
using Serilog.Events;
using Serilog.Formatting;

namespace AImetier.Portal.Security;

/// <summary>The logging boundary: whatever is about to be written passes here, so a secret in a message, property or exception leaves masked.</summary>
/// <param name="inner">Formats the event.</param>
public sealed partial class SecretRedaction(ITextFormatter inner) : ITextFormatter
{
    /// <summary>Replaces everything that looks like a secret of ours with its kind and <c>[redacted]</c>.</summary>
    /// <param name="text">Any text.</param>
    public static string Redact(string text) => Secrets().Replace(text, "${kind}[redacted]");

    /// <inheritdoc/>
    public void Format(LogEvent logEvent, TextWriter output)
    {
        using var buffer = new StringWriter();
        inner.Format(logEvent, buffer);
        output.Write(Redact(buffer.ToString()));
    }

    // A key even when cut short or glued to other text, a webhook secret, a bearer header, a one-time link's code.
    [GeneratedRegex(@"(?<kind>hclip_|whsec_|Bearer\s+|[?&#]code=)[0-9A-Za-z_+/=\-.~]{5,}", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Secrets();
}
