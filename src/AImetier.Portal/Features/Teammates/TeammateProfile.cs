using AImetier.Portal.Features.Shared;

namespace AImetier.Portal.Features.Teammates;

/// <summary>What a person typed about a teammate, checked: the same for hiring and for changing.</summary>
/// <param name="Name">Check of the name.</param>
/// <param name="Role">Check of the role.</param>
/// <param name="Instructions">Check of the instructions.</param>
public sealed record TeammateProfile(NameCheck Name, NameCheck Role, InstructionsCheck Instructions)
{
    /// <summary>Most characters of a name, as a person counts them.</summary>
    public const int LongestName = 40;

    /// <summary>Most characters of a role, as a person counts them.</summary>
    public const int LongestRole = 60;

    /// <summary>Whether all three may be stored.</summary>
    public bool IsGood => Name is NameCheck.Good && Role is NameCheck.Good && Instructions is InstructionsCheck.Good;

    /// <summary>Checks what was typed.</summary>
    /// <param name="name">Name, or null.</param>
    /// <param name="role">Role, or null.</param>
    /// <param name="instructions">Instructions, or null.</param>
    public static TeammateProfile Of(string? name, string? role, string? instructions) =>
        new(NameCheck.Of(name, LongestName), NameCheck.Of(role, LongestRole), InstructionsCheck.Of(instructions));
}
