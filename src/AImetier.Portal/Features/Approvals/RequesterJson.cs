namespace AImetier.Portal.Features.Approvals;

/// <summary>Who asked, in answers of the API.</summary>
/// <param name="Kind"><c>person</c>, <c>key</c> or <c>hook</c>.</param>
/// <param name="Name">Name of the key or hook; "a person" for people, whose names keys never see.</param>
/// <param name="TokenId">Public id of the key, or null.</param>
public sealed record RequesterJson(string Kind, string Name, string? TokenId)
{
    /// <summary>Who asked.</summary>
    /// <param name="by">The stored requester.</param>
    public static RequesterJson Of(Requester by) => by.Kind switch
    {
        RequesterKind.Key => new("key", by.Name, by.TokenId),
        RequesterKind.Hook => new("hook", by.Name, null),
        _ => new("person", "a person", null),
    };
}
