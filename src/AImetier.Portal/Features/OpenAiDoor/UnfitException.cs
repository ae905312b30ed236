namespace AImetier.Portal.Features.OpenAiDoor;

/// <summary>Leaves the reading of a body at the first thing that does not fit. It never leaves <see cref="CompletionBody.Read(ReadOnlyMemory{byte})"/>.</summary>
/// <param name="field">What does not fit.</param>
/// <param name="sentence">Why, for a developer; nothing of what was sent.</param>
internal sealed class UnfitException(string field, string sentence) : Exception(sentence)
{
    public string Field { get; } = field;
}
