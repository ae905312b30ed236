namespace AImetier.Portal.Features.ChatModels;

/// <summary>Keys of <see cref="Microsoft.Extensions.AI.ChatOptions.AdditionalProperties"/> that say who answers, so that no model needs to read it out of a prompt.</summary>
public static class TeammateProperties
{
    /// <summary>The teammate's name, a string.</summary>
    public const string Name = "aimetier.teammate.name";

    /// <summary>The teammate's role, a string.</summary>
    public const string Role = "aimetier.teammate.role";
}
