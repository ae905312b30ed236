using Microsoft.Extensions.Localization;

namespace AImetier.Portal.Features.Teammates;

/// <summary>Ready teammates to start from: each has <c>Suggestion.x.Name</c>, <c>.Role</c>, <c>.About</c> and <c>.Instructions</c> in the resources.</summary>
public static class Suggestions
{
    /// <summary>Their names in addresses and resources, in the order shown.</summary>
    public static readonly IReadOnlyList<string> All = ["marketing", "bookkeeping", "customer-care"];

    /// <summary>The form filled with a suggestion; empty fields when there is no such suggestion.</summary>
    /// <param name="suggestion">One of <see cref="All"/>, or anything from outside.</param>
    /// <param name="text">Resources of the teammate pages.</param>
    public static TeammateForm Form(string? suggestion, IStringLocalizer<TeammateText> text) =>
        suggestion is not null && All.Contains(suggestion, StringComparer.Ordinal)
            ? new TeammateForm(text[$"Suggestion.{suggestion}.Name"], text[$"Suggestion.{suggestion}.Role"], text[$"Suggestion.{suggestion}.Instructions"])
            : new TeammateForm(null, null, null);
}
