using System.ComponentModel.DataAnnotations;

namespace AImetier.Portal.Security;

/// <summary>Section <c>Argon2</c>: cost of new hashes.</summary>
/// <remarks>OWASP Password Storage Cheat Sheet, "Argon2id": the default is the cheapest of its equal-strength minimum sets with this library.</remarks>
public sealed class Argon2Options : IValidatableObject
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Argon2";

    /// <summary>Least memory times passes of any accepted set: 7168 KiB, five times.</summary>
    public const int LeastWorkKib = 7168 * 5;

    /// <summary>Memory of one run in KiB, 7168 to 1048576.</summary>
    [Range(7168, 1_048_576, ErrorMessage = "must be 7168 to 1048576 (KiB)")]
    public int MemoryKib { get; set; } = 7168;

    /// <summary>Passes over the memory, 1 to 16.</summary>
    [Range(1, 16, ErrorMessage = "must be 1 to 16")]
    public int Passes { get; set; } = 5;

    /// <summary>Lanes, 1 to 16.</summary>
    [Range(1, 16, ErrorMessage = "must be 1 to 16")]
    public int Parallelism { get; set; } = 1;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if ((long)MemoryKib * Passes < LeastWorkKib)
            yield return new ValidationResult($"MemoryKib times Passes must be at least {LeastWorkKib}", [nameof(MemoryKib), nameof(Passes)]);
    }
}
