namespace AImetier.Portal.Features.Settings;

/// <summary>Settings &gt; General: what is typed and what is wrong with it.</summary>
/// <param name="Form">The fields.</param>
/// <param name="NameError">Sentence about the name, or null.</param>
/// <param name="LanguageError">Sentence about the language, or null.</param>
/// <param name="TimeZoneError">Sentence about the time zone, or null.</param>
public sealed record GeneralPage(GeneralForm Form, string? NameError = null, string? LanguageError = null, string? TimeZoneError = null);
