namespace AImetier.Portal.Features.NeedsAttention;

/// <summary>The form that changes what would leave.</summary>
/// <param name="Row">The approval.</param>
/// <param name="Form">The fields.</param>
/// <param name="Errors">Sentences by field: <c>to</c>, <c>subject</c>, <c>body</c>.</param>
/// <param name="WasChanged">Whether somebody else changed it meanwhile; the page then shows both.</param>
public sealed record EditPage(AttentionRow Row, EditForm Form, IReadOnlyDictionary<string, string> Errors, bool WasChanged = false)
{
    /// <summary>A form without errors.</summary>
    public static readonly IReadOnlyDictionary<string, string> NoErrors = new Dictionary<string, string>(StringComparer.Ordinal);
}
