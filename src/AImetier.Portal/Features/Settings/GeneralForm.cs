namespace AImetier.Portal.Features.Settings;

/// <summary>What is typed on Settings &gt; General.</summary>
/// <param name="Name">Name of the business.</param>
/// <param name="Language"><c>en</c>, <c>fr</c>, or empty for each person's own.</param>
/// <param name="TimeZone">IANA id.</param>
public sealed record GeneralForm(string? Name, string? Language, string? TimeZone);
