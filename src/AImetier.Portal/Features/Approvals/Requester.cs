using AImetier.Portal.Features.Activity;
using AImetier.Portal.Features.ApiTokens;

namespace AImetier.Portal.Features.Approvals;

/// <summary>Who asks a teammate.</summary>
/// <param name="Kind">Person, key or hook.</param>
/// <param name="Id">Id of the person, key or hook.</param>
/// <param name="Name">Name at that moment.</param>
/// <param name="ProvedByTokenId">Public id of the key with which the sender to a hook proved itself, or null.</param>
public sealed record Requester(RequesterKind Kind, string Id, string Name, string? ProvedByTokenId = null)
{
    /// <summary>Public id of the key that asks, itself or through a hook, or null. With it the ask ends.</summary>
    public string? TokenId => Kind == RequesterKind.Key ? Id : ProvedByTokenId;

    /// <summary>Id of the hook that asks, or null. With it the ask ends.</summary>
    public string? HookId => Kind == RequesterKind.Hook ? Id : null;

    /// <summary>Whether software asks, not a person.</summary>
    public bool IsSoftware => Kind != RequesterKind.Person;

    /// <summary>A signed-in person.</summary>
    /// <param name="actor">The person.</param>
    public static Requester Person(Actor actor) => new(RequesterKind.Person, actor.Id, actor.Name);

    /// <summary>A key.</summary>
    /// <param name="key">The key of the request.</param>
    public static Requester Key(TokenPrincipal key) => new(RequesterKind.Key, key.TokenId, key.TokenName);

    /// <summary>An incoming hook.</summary>
    /// <param name="hookId">The hook.</param>
    /// <param name="name">Its name.</param>
    /// <param name="key">The key that proved the sender, or null where a signature did.</param>
    public static Requester Hook(string hookId, string name, TokenPrincipal? key) => new(RequesterKind.Hook, hookId, name, key?.TokenId);
}
