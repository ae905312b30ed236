using Microsoft.Extensions.Localization;

namespace AImetier.Portal.Features.Shared;

/// <summary>Puts a failed <see cref="NameCheck"/> into words.</summary>
public static class NameErrors
{
    /// <summary>The sentence for people, or null when the name is good.</summary>
    /// <param name="text">Resources of Shared.</param>
    /// <param name="check">Outcome of the check.</param>
    /// <param name="longest">The limit that was checked.</param>
    public static string? Describe(this IStringLocalizer<SharedText> text, NameCheck check, int longest) => check switch
    {
        NameCheck.Empty => text["Name.Empty"].Value,
        NameCheck.TooLong(var characters) => text["Name.TooLong", longest, characters].Value,
        NameCheck.Forbidden(var character) => text["Name.Forbidden", character].Value,
        _ => null,
    };
}
