using AImetier.Portal.Features.Shared;
using Microsoft.Extensions.Localization;

namespace AImetier.Portal.Features.Teammates;

/// <summary>What the form of hiring and changing shows.</summary>
/// <param name="Form">The fields as they were typed, or as they are stored.</param>
/// <param name="NameError">Sentence beside the name, or null.</param>
/// <param name="RoleError">Sentence beside the role, or null.</param>
/// <param name="InstructionsError">Sentence beside the instructions, or null.</param>
/// <param name="Teammate">The teammate that is changed; null when hiring.</param>
/// <param name="Suggestion">The suggestion that filled the form, or null.</param>
public sealed record TeammateFormPage(
    TeammateForm Form,
    string? NameError = null,
    string? RoleError = null,
    string? InstructionsError = null,
    Teammate? Teammate = null,
    string? Suggestion = null)
{
    /// <summary>Puts failed checks into words.</summary>
    /// <param name="form">The fields as they were typed.</param>
    /// <param name="profile">Their checks.</param>
    /// <param name="text">Resources of the teammate pages.</param>
    /// <param name="shared">Resources of Shared.</param>
    public static TeammateFormPage Of(
        TeammateForm form, TeammateProfile profile, IStringLocalizer<TeammateText> text, IStringLocalizer<SharedText> shared) =>
        new(
            form,
            shared.Describe(profile.Name, TeammateProfile.LongestName),
            profile.Role is NameCheck.Empty ? text["Role.Empty"].Value : shared.Describe(profile.Role, TeammateProfile.LongestRole),
            profile.Instructions switch
            {
                InstructionsCheck.TooLong(var characters) => text["Instructions.TooLong", InstructionsCheck.Longest, characters].Value,
                InstructionsCheck.Forbidden(var character) => text["Instructions.Forbidden", character].Value,
                _ => null,
            });
}
