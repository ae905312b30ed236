namespace AImetier.Portal.Features.Developer;

/// <summary>What the Generate form posts.</summary>
/// <param name="Teammate">Id of the picked teammate.</param>
/// <param name="Name">What was typed, or nothing.</param>
/// <param name="Nonce">One-use value of the form.</param>
public sealed record GenerateForm(string? Teammate, string? Name, string? Nonce);
