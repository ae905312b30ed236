namespace AImetier.Portal.Features.Conversations;

/// <summary>Who asked, in answers of the API.</summary>
/// <param name="Kind"><c>person</c>, <c>key</c> or <c>hook</c>.</param>
/// <param name="Name">Name of the key or hook; "a person" for people, whose names keys never see.</param>
/// <param name="TokenId">Public id of the key, or null.</param>
public sealed record RequesterJson(string Kind, string Name, string? TokenId)
{
    /// <summary>Who asked for a message.</summary>
    /// <param name="message">The message.</param>
    public static RequesterJson Of(Message message) => message.RequestedByKind switch
    {
        RequesterKind.Key => new("key", message.RequestedByName, message.RequestedByTokenId),
        RequesterKind.Hook => new("hook", message.RequestedByName, null),
        _ => new("person", "a person", null),
    };
}
