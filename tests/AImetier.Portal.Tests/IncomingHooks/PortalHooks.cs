using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using AImetier.Portal.Data;
using AImetier.Portal.Features.Activity;
using AImetier.Portal.Features.IncomingHooks;
using AImetier.Portal.Security;
using AImetier.Portal.Tests.Host;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;

namespace AImetier.Portal.Tests.IncomingHooks;

/// <summary>A hook of a test, with the secret that its sender knows.</summary>
public sealed record TestHook(string Id, string TeammateId, string WorkspaceId, HookProof Proof, WebhookSecret? Secret)
{
    public string Path => $"/api/v1/teammates/{TeammateId}/hooks/{Id}";
}

/// <summary>Makes hooks, and sends to them as their senders would.</summary>
public static class PortalHooks
{
    public const string Json = "application/json";

    /// <summary>Makes a hook through the service; without a teammate, for a new one.</summary>
    public static async Task<TestHook> MakeHookAsync(
        this PortalHost portal, HookProof proof, string template = "", string? teammateId = null, string? workspaceId = null, string name = "Booking form")
    {
        workspaceId ??= await portal.WorkspaceIdAsync();
        teammateId ??= await portal.HireAsync(workspaceId: workspaceId);
        var outcome = await portal.WithHooksAsync(workspaceId, (hooks, actor) =>
            hooks.MakeAsync(new HookDraft(teammateId, name, template, proof.ToString(), null, EntityId.New("nonce")), actor, CancellationToken.None));
        var done = outcome.ShouldBeOfType<HookSecretOutcome.Done>();
        return new TestHook(done.HookId, teammateId, workspaceId, proof, done.Made);
    }

    /// <summary>Calls the service of hooks as a person of a workspace.</summary>
    public static Task<T> WithHooksAsync<T>(this PortalHost portal, string workspaceId, Func<IncomingHookService, Actor, Task<T>> act) => portal.InScopeAsync(
        services => act(services.GetRequiredService<IncomingHookService>(), new Actor(workspaceId, ActorKind.Person, "usr_test", "Test")), workspaceId);

    /// <summary>What a hook refused, for example "NoProof 1, Stale 2".</summary>
    public static async Task<string> RefusalsAsync(this PortalHost portal, TestHook hook)
    {
        await portal.Services.GetRequiredService<HookRefusals>().FlushAsync(CancellationToken.None);
        return await portal.InScopeAsync(
            async services => string.Join(", ", (await services.GetRequiredService<IncomingHookReader>().RefusalsAsync(hook.Id, CancellationToken.None))
                .OrderBy(row => row.Reason).Select(row => $"{row.Reason} {row.Count}")),
            hook.WorkspaceId);
    }

    /// <summary>Sends a body without any proof.</summary>
    public static async Task<HttpResponseMessage> PostAsync(
        this PortalHost portal, string path, string body, string type = Json, params (string Name, string Value)[] headers)
    {
        using var client = portal.Client();
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
        if (type.Length > 0)
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        foreach (var (name, value) in headers)
            (request.Headers.TryAddWithoutValidation(name, value) || request.Content.Headers.TryAddWithoutValidation(name, value)).ShouldBeTrue(name);
        return await client.SendAsync(request);
    }

    /// <summary>Sends a body with the proof that the hook asks for.</summary>
    public static Task<HttpResponseMessage> SendAsync(
        this PortalHost portal, TestHook hook, string body, string type = Json, TestKey? key = null, params (string Name, string Value)[] headers) =>
        portal.PostAsync(hook.Path, body, type, [.. portal.Proof(hook, body, key), .. headers]);

    /// <summary>Headers that prove the sender.</summary>
    public static (string Name, string Value)[] Proof(this PortalHost portal, TestHook hook, string body, TestKey? key = null, string? id = null, DateTimeOffset? at = null)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        if (hook.Proof == HookProof.Key)
            return [("Authorization", $"Bearer {key!.Text}")];
        if (hook.Proof == HookProof.GitHub)
            return [(GitHubSignature.Header, GitHubSignature.Sign(hook.Secret!, bytes))];
        var (message, timestamp) = (id ?? EntityId.New("msg"), WebhookSignature.TimestampOf(at ?? portal.Clock.GetUtcNow()));
        return
        [
            (WebhookSignature.IdHeader, message),
            (WebhookSignature.TimestampHeader, timestamp),
            (WebhookSignature.SignatureHeader, WebhookSignature.Sign([hook.Secret!], message, timestamp, bytes)),
        ];
    }

    /// <summary>Makes a stored secret one that this key ring did not encrypt.</summary>
    public static Task<int> LoseSecretAsync(this PortalHost portal, string hookId) => portal.InScopeAsync(services => services.GetRequiredService<PortalDbContext>()
        .Set<IncomingHook>().IgnoreQueryFilters().Where(hook => hook.Id == hookId)
        .ExecuteUpdateAsync(set => set.SetProperty(hook => hook.ProtectedSecret, "CfDJ8-of-another-key-ring")));

    /// <summary>Reads the receipt of something that was taken.</summary>
    public static async Task<(string ConversationId, string MessageId)> ReceiptAsync(this HttpResponseMessage answer)
    {
        answer.StatusCode.ShouldBe(HttpStatusCode.Accepted, await answer.Content.ReadAsStringAsync());
        var json = await answer.Content.ReadFromJsonAsync<JsonElement>();
        json.EnumerateObject().Select(property => property.Name).ShouldBe(["conversationId", "messageId"]);
        return (json.GetProperty("conversationId").GetString()!, json.GetProperty("messageId").GetString()!);
    }

    /// <summary>Expects a problem.</summary>
    public static async Task ShouldBeAsync(this HttpResponseMessage answer, HttpStatusCode status, string code)
    {
        var text = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe(status, text);
        using var json = JsonDocument.Parse(text);
        json.RootElement.GetProperty("code").GetString().ShouldBe(code);
    }
}
