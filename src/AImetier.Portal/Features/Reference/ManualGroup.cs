namespace AImetier.Portal.Features.Reference;

/// <summary>Topics that belong together in the contents.</summary>
/// <param name="Name">Part of its label's key in the texts.</param>
/// <param name="Topics">Its topics in order.</param>
public sealed record ManualGroup(string Name, IReadOnlyList<ManualTopic> Topics);
