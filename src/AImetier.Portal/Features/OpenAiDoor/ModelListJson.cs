namespace AImetier.Portal.Features.OpenAiDoor;

/// <summary>The models of a key: its teammate.</summary>
/// <param name="Object"><c>list</c>.</param>
/// <param name="Data">One.</param>
internal sealed record ModelListJson(string Object, IReadOnlyList<ModelJson> Data);
