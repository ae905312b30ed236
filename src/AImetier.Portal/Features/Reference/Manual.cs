namespace AImetier.Portal.Features.Reference;

/// <summary>The whole manual.</summary>
/// <param name="Groups">Its contents, in order.</param>
public sealed record Manual(IReadOnlyList<ManualGroup> Groups)
{
    private readonly Dictionary<string, ManualTopic> _topics = Groups.SelectMany(group => group.Topics).ToDictionary(topic => topic.Slug, StringComparer.Ordinal);

    /// <summary>Every topic, in the order of the contents.</summary>
    public IEnumerable<ManualTopic> Topics => Groups.SelectMany(group => group.Topics);

    /// <summary>A topic, or null.</summary>
    /// <param name="slug">From outside.</param>
    public ManualTopic? Find(string slug) => _topics.GetValueOrDefault(slug);
}
