namespace AImetier.Portal.Features.Developer;

/// <summary>A whole receiver, ready to run.</summary>
/// <param name="Id">Short name for markup.</param>
/// <param name="Language">Name of the language.</param>
/// <param name="File">Name of its file.</param>
/// <param name="Text">Its code.</param>
public sealed record WebhookSample(string Id, string Language, string File, string Text);
