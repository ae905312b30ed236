using System.Net.Http.Headers;
using AImetier.Portal.Data;
using AImetier.Portal.Features.Activity;
using AImetier.Portal.Features.ApiTokens;
using AImetier.Portal.Features.Teammates;
using Microsoft.Extensions.DependencyInjection;

namespace AImetier.Portal.Tests.Host;

/// <summary>A key made for one test. It prints no secret.</summary>
public sealed class TestKey(string text, string teammateId, string workspaceId)
{
    public string Text => text;

    public string Id => TokenFormat.IdOf(text).ToString();

    public string Secret => TokenFormat.SecretOf(text).ToString();

    public string TeammateId => teammateId;

    public string WorkspaceId => workspaceId;

    /// <summary>The same id with another secret and a checksum that fits.</summary>
    public string WithWrongSecret() => TokenFormat.Write(Id, TokenFormat.SecretOf(PlainToken.Generate().Reveal()).ToString());

    public override string ToString() => TokenFormat.Mask(Id);
}

/// <summary>Seeds teammates and keys, and calls the API with them.</summary>
public static class PortalKeys
{
    /// <summary>Hires a teammate; without a workspace, in the owner's.</summary>
    public static async Task<string> HireAsync(this PortalHost portal, string name = "Mia", string? workspaceId = null)
    {
        workspaceId ??= await portal.WorkspaceIdAsync();
        return await portal.InScopeAsync(
            async services =>
            {
                var db = services.GetRequiredService<PortalDbContext>();
                var teammate = new Teammate
                {
                    Id = EntityId.New("tm"),
                    WorkspaceId = workspaceId,
                    Name = name,
                    Role = "Marketing",
                    Instructions = "",
                    CreatedAt = portal.Clock.GetUtcNow(),
                };
                db.Add(teammate);
                await db.SaveChangesAsync();
                return teammate.Id;
            },
            workspaceId);
    }

    /// <summary>Generates a key through the service; without a teammate, for a new one.</summary>
    public static async Task<TestKey> GenerateAsync(this PortalHost portal, string? teammateId = null, string? name = null, string? workspaceId = null)
    {
        workspaceId ??= await portal.WorkspaceIdAsync();
        teammateId ??= await portal.HireAsync(workspaceId: workspaceId);
        var outcome = await portal.WithTokensAsync(workspaceId, (tokens, actor) => tokens.GenerateAsync(teammateId, name, EntityId.New("nonce"), actor, CancellationToken.None));
        return new TestKey(((GenerateOutcome.Created)outcome).Plain.Reveal(), teammateId, workspaceId);
    }

    /// <summary>Revokes a key through the service.</summary>
    public static Task<bool> RevokeAsync(this PortalHost portal, TestKey key) =>
        portal.WithTokensAsync(key.WorkspaceId, (tokens, actor) => tokens.RevokeAsync(key.Id, actor, CancellationToken.None));

    /// <summary>Calls the token service as a person of a workspace.</summary>
    public static Task<T> WithTokensAsync<T>(this PortalHost portal, string workspaceId, Func<TokenService, Actor, Task<T>> act) =>
        portal.InScopeAsync(services => act(services.GetRequiredService<TokenService>(), new Actor(workspaceId, ActorKind.Person, "usr_test", "Test")), workspaceId);

    /// <summary>Forgets every proof, as after a restart: the next call of any key is cold.</summary>
    public static void ForgetProofs(this PortalHost portal) => portal.Services.GetRequiredService<VerifiedTokenCache>().Clear();

    /// <summary>Calls the API with a key's text, or without.</summary>
    public static async Task<HttpResponseMessage> CallAsync(this HttpClient client, string? key, string path = "/api/v1/me", HttpMethod? method = null, HttpContent? content = null, string? accept = null)
    {
        using var request = new HttpRequestMessage(method ?? HttpMethod.Get, path) { Content = content };
        if (accept is not null)
            request.Headers.Accept.ParseAdd(accept);
        if (key is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return await client.SendAsync(request);
    }
}
