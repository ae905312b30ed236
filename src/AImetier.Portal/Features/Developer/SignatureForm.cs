namespace AImetier.Portal.Features.Developer;

/// <summary>What a developer pastes to have a signature checked.</summary>
/// <param name="Headers">Headers of the request, in whatever form they were printed.</param>
/// <param name="Body">Its body.</param>
/// <param name="Secret">The receiver's secret, or nothing. It is read once and never shown again.</param>
public sealed record SignatureForm(string? Headers, string? Body, string? Secret);
