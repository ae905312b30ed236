namespace AImetier.Portal.Features.Settings;

/// <summary>Marks the resources of Settings, with a sentence for every act of the activity log.</summary>
public sealed class SettingsText;
