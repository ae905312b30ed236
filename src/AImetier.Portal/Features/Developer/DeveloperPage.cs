using System.Security.Claims;
using System.Security.Cryptography;
using AImetier.Portal.Features.Accounts;
using AImetier.Portal.Features.ApiTokens;
using AImetier.Portal.Features.Approvals;
using AImetier.Portal.Features.ChatModels;
using AImetier.Portal.Features.IncomingHooks;
using AImetier.Portal.Features.Teammates;

namespace AImetier.Portal.Features.Developer;

/// <summary>Gathers what Settings &gt; Developer shows.</summary>
/// <param name="tokens">The keys.</param>
/// <param name="teammates">The picker.</param>
/// <param name="workspaces">Ask before sending.</param>
/// <param name="model">Which model answers.</param>
/// <param name="waitingOf">Counts what revoked keys asked for and still waits.</param>
/// <param name="webhooks">The outgoing webhooks.</param>
/// <param name="hooks">The incoming addresses.</param>
public sealed class DeveloperPage(
    TokenService tokens,
    TeammateDirectory teammates,
    WorkspaceService workspaces,
    ModelInfo model,
    WaitingOfSoftware waitingOf,
    WebhookPages webhooks,
    IncomingHookReader hooks)
{
    /// <summary>The page without a secret.</summary>
    /// <param name="user">Who looks.</param>
    /// <param name="teammateId">The picked teammate from the address; unknown or null means the first.</param>
    /// <param name="place">Where the lists begin.</param>
    /// <param name="cancellationToken">Stops the reads.</param>
    /// <param name="refused">A name that was refused, or null.</param>
    public async Task<DeveloperViewModel> BuildAsync(
        ClaimsPrincipal user, string? teammateId, Place place, CancellationToken cancellationToken, RefusedName? refused = null)
    {
        var all = await teammates.ListAsync(cancellationToken);
        var picked = all.FirstOrDefault(teammate => teammate.Id == teammateId) ?? (all.Count > 0 ? all[0] : null);
        var workspace = await workspaces.GetAsync(user.ToActor().WorkspaceId, cancellationToken);
        var active = picked is null ? NoKeys : await tokens.ListActiveAsync(picked.Id, place.Active, cancellationToken);
        var revoked = picked is null ? NoKeys : await tokens.ListRevokedAsync(picked.Id, place.Revoked, cancellationToken);
        var waiting = await waitingOf.CountAsync([.. revoked.Tokens.Select(token => token.Id)], cancellationToken);
        return new DeveloperViewModel(
            all,
            picked,
            RandomNumberGenerator.GetString(TokenFormat.Alphabet, 22),
            Rows(user, active, refused),
            active.Next,
            [.. Rows(user, revoked, null).Select(row => row with { Waiting = waiting.GetValueOrDefault(row.Token.Id) })],
            revoked.Next,
            ShowRevoked: place.Revoked is not null,
            workspace.AskBeforeSending,
            model.IsPractice,
            refused)
        {
            LiveAddress = $"/settings/developer/list?teammate={picked?.Id}&after={place.Active}",
            Outgoing = picked is null ? null : await webhooks.ListAsync(picked, cancellationToken),
            Incoming = picked is null ? null : new IncomingViewModel(picked, await hooks.ListAsync(picked.Id, cancellationToken)),
        };
    }

    /// <summary>The page with a key just made in its first row.</summary>
    /// <param name="user">Who made it.</param>
    /// <param name="created">The key and its full text.</param>
    /// <param name="addressOf">Makes an absolute address of a path.</param>
    /// <param name="cancellationToken">Stops the reads.</param>
    public async Task<DeveloperViewModel> BuildRevealAsync(
        ClaimsPrincipal user, GenerateOutcome.Created created, Func<string, string> addressOf, CancellationToken cancellationToken)
    {
        var page = await BuildAsync(user, created.Token.TeammateId, Place.First, cancellationToken);
        var reveal = new NewTokenViewModel(
            created.Plain,
            created.Token.Name,
            page.Picked!.Name,
            addressOf($"/api/v1/teammates/{created.Token.TeammateId}/messages"),
            $"/settings/developer?teammate={created.Token.TeammateId}",
            $"/developers/quickstart?teammate={created.Token.TeammateId}");
        var others = page.Active.Where(row => row.Token.Id != created.Token.Id);
        return page with { Active = [new TokenRowViewModel(created.Token, true, false, reveal, null), .. others] };
    }

    private static readonly TokenPage NoKeys = new([], null);

    private static List<TokenRowViewModel> Rows(ClaimsPrincipal user, TokenPage page, RefusedName? refused)
    {
        var reader = user.ToActor().Id;
        return [.. page.Tokens.Select(token => new TokenRowViewModel(
            token, token.CreatedById == reader, token.RevokedById == reader, null, refused?.TokenId == token.Id ? refused : null))];
    }

    /// <summary>Where the lists begin.</summary>
    /// <param name="Active">Cursor of the active keys, or null for the first page.</param>
    /// <param name="Revoked">Cursor of the revoked keys, or <see cref="Unfolded"/>; null folds them.</param>
    public sealed record Place(string? Active, string? Revoked)
    {
        /// <summary>Shows the first page of the revoked keys unfolded.</summary>
        public const string Unfolded = "first";

        /// <summary>First pages, history folded.</summary>
        public static readonly Place First = new(null, null);
    }
}
