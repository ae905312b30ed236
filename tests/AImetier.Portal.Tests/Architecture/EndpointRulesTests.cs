using System.Net;
using System.Text.RegularExpressions;
using AImetier.Portal.Features.Accounts;
using AImetier.Portal.Tests.Host;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace AImetier.Portal.Tests.Architecture;

/// <summary>Every endpoint of the running application, and who may call it. A new endpoint without a rule here fails the build.</summary>
public sealed partial class EndpointRulesTests(PortalHost portal) : IClassFixture<PortalHost>
{
    private enum Who
    {
        Anyone,
        SignedIn,
        Admin,
        Key,
        OwnKey,

        // A key of the teammate, or a signature: HookProofTests. Without either it is as closed as the others.
        OwnKeyOrSignature,
    }

    private static readonly Dictionary<string, Who> Rules = new(StringComparer.Ordinal)
    {
        ["GET /"] = Who.Anyone,
        ["GET /setup"] = Who.Anyone,
        ["POST /setup"] = Who.Anyone,
        ["GET /account/sign-in"] = Who.Anyone,
        ["POST /account/sign-in"] = Who.Anyone,
        ["GET /account/sign-out"] = Who.Anyone,
        ["POST /account/sign-out"] = Who.Anyone,
        ["POST /account/language"] = Who.Anyone,
        ["GET /account/reset"] = Who.Anyone,
        ["POST /account/reset"] = Who.Anyone,
        ["GET /account/confirm"] = Who.SignedIn,
        ["POST /account/confirm"] = Who.SignedIn,
        ["GET /account/profile"] = Who.SignedIn,
        ["POST /account/profile"] = Who.SignedIn,
        ["GET /account/security"] = Who.SignedIn,
        ["GET /account/security/password"] = Who.SignedIn,
        ["POST /account/security/password"] = Who.SignedIn,
        ["GET /account/security/sign-out-elsewhere"] = Who.SignedIn,
        ["POST /account/security/sign-out-elsewhere"] = Who.SignedIn,
        ["GET /chat"] = Who.SignedIn,
        ["POST /chat/messages"] = Who.SignedIn,
        ["GET /chat/{id}"] = Who.SignedIn,
        ["POST /chat/{id}/messages"] = Who.SignedIn,
        ["POST /chat/{id}/rename"] = Who.SignedIn,
        ["GET /chat/{id}/remove"] = Who.SignedIn,
        ["POST /chat/{id}/remove"] = Who.SignedIn,
        ["POST /chat/{id}/replies/{reply}/retry"] = Who.SignedIn,
        ["POST /chat/{id}/replies/{reply}/stop"] = Who.SignedIn,
        ["GET /chat/{id}/replies/{reply}/stream"] = Who.SignedIn,
        ["GET /teammates"] = Who.SignedIn,
        ["GET /teammates/{id}"] = Who.SignedIn,
        ["GET /teammates/hire"] = Who.Admin,
        ["POST /teammates/hire"] = Who.Admin,
        ["GET /teammates/{id}/edit"] = Who.Admin,
        ["POST /teammates/{id}/edit"] = Who.Admin,
        ["POST /teammates/{id}/pause"] = Who.Admin,
        ["POST /teammates/{id}/resume"] = Who.Admin,
        ["GET /teammates/{id}/remove"] = Who.Admin,
        ["POST /teammates/{id}/remove"] = Who.Admin,
        ["GET /settings"] = Who.SignedIn,
        ["GET /settings/general"] = Who.Admin,
        ["POST /settings/general"] = Who.Admin,
        ["GET /settings/security"] = Who.Admin,
        ["GET /settings/security/activity.csv"] = Who.Admin,
        ["GET /settings/security/ask-before-sending/on"] = Who.Admin,
        ["POST /settings/security/ask-before-sending/on"] = Who.Admin,
        ["GET /settings/security/ask-before-sending/off"] = Who.Admin,
        ["POST /settings/security/ask-before-sending/off"] = Who.Admin,
        ["GET /connectors"] = Who.Admin,
        ["GET /connectors/email"] = Who.Admin,
        ["POST /connectors/email"] = Who.Admin,
        ["GET /connectors/email/test"] = Who.Admin,
        ["POST /connectors/email/test"] = Who.Admin,
        ["GET /connectors/email/disconnect"] = Who.Admin,
        ["POST /connectors/email/disconnect"] = Who.Admin,
        ["GET /settings/developer"] = Who.Admin,
        ["GET /settings/developer/list"] = Who.Admin,
        ["GET /settings/developer/mcp"] = Who.Admin,
        ["GET /settings/developer/tokens"] = Who.Admin,
        ["POST /settings/developer/tokens"] = Who.Admin,
        ["GET /settings/developer/tokens/{id}/rename"] = Who.Admin,
        ["POST /settings/developer/tokens/{id}/rename"] = Who.Admin,
        ["GET /settings/developer/tokens/{id}/revoke"] = Who.Admin,
        ["POST /settings/developer/tokens/{id}/revoke"] = Who.Admin,
        ["POST /settings/developer/tokens/{id}/decline-waiting"] = Who.Admin,
        ["GET /settings/developer/webhooks"] = Who.Admin,
        ["POST /settings/developer/webhooks"] = Who.Admin,
        ["GET /settings/developer/webhooks/{id}"] = Who.Admin,
        ["POST /settings/developer/webhooks/{id}/check"] = Who.Admin,
        ["GET /settings/developer/webhooks/{id}/check"] = Who.Admin,
        ["GET /settings/developer/webhooks/{id}/edit"] = Who.Admin,
        ["POST /settings/developer/webhooks/{id}/edit"] = Who.Admin,
        ["GET /settings/developer/webhooks/{id}/pause"] = Who.Admin,
        ["POST /settings/developer/webhooks/{id}/pause"] = Who.Admin,
        ["GET /settings/developer/webhooks/{id}/remove"] = Who.Admin,
        ["POST /settings/developer/webhooks/{id}/remove"] = Who.Admin,
        ["GET /settings/developer/webhooks/{id}/resend"] = Who.Admin,
        ["POST /settings/developer/webhooks/{id}/resend"] = Who.Admin,
        ["GET /settings/developer/webhooks/{id}/resume"] = Who.Admin,
        ["POST /settings/developer/webhooks/{id}/resume"] = Who.Admin,
        ["GET /settings/developer/webhooks/{id}/secret"] = Who.Admin,
        ["POST /settings/developer/webhooks/{id}/secret"] = Who.Admin,
        ["GET /settings/developer/webhooks/{id}/test"] = Who.Admin,
        ["POST /settings/developer/webhooks/{id}/test"] = Who.Admin,
        ["GET /settings/developer/webhooks/deliveries/{id}"] = Who.Admin,
        ["GET /settings/developer/webhooks/deliveries/{id}/resend"] = Who.Admin,
        ["POST /settings/developer/webhooks/deliveries/{id}/resend"] = Who.Admin,
        ["GET /settings/developer/hooks"] = Who.Admin,
        ["POST /settings/developer/hooks"] = Who.Admin,
        ["GET /settings/developer/hooks/new"] = Who.Admin,
        ["GET /settings/developer/hooks/{id}"] = Who.Admin,
        ["POST /settings/developer/hooks/{id}"] = Who.Admin,
        ["GET /settings/developer/hooks/{id}/try"] = Who.Admin,
        ["POST /settings/developer/hooks/{id}/try"] = Who.Admin,
        ["GET /settings/developer/hooks/{id}/secret"] = Who.Admin,
        ["POST /settings/developer/hooks/{id}/secret"] = Who.Admin,
        ["GET /settings/developer/hooks/{id}/pause"] = Who.Admin,
        ["POST /settings/developer/hooks/{id}/pause"] = Who.Admin,
        ["GET /settings/developer/hooks/{id}/resume"] = Who.Admin,
        ["POST /settings/developer/hooks/{id}/resume"] = Who.Admin,
        ["GET /settings/developer/hooks/{id}/remove"] = Who.Admin,
        ["POST /settings/developer/hooks/{id}/remove"] = Who.Admin,
        ["GET /needs-attention"] = Who.SignedIn,
        ["GET /needs-attention/count"] = Who.SignedIn,
        ["GET /needs-attention/{id}"] = Who.SignedIn,
        ["GET /needs-attention/{id}/edit"] = Who.Admin,
        ["POST /needs-attention/{id}/edit"] = Who.Admin,
        ["GET /needs-attention/{id}/approve"] = Who.Admin,
        ["POST /needs-attention/{id}/approve"] = Who.Admin,
        ["GET /needs-attention/{id}/decline"] = Who.Admin,
        ["POST /needs-attention/{id}/decline"] = Who.Admin,
        ["GET /needs-attention/{id}/send-again"] = Who.Admin,
        ["POST /needs-attention/{id}/send-again"] = Who.Admin,
        ["GET /needs-attention/{id}/arrived"] = Who.Admin,
        ["POST /needs-attention/{id}/arrived"] = Who.Admin,
        ["GET /needs-attention/{id}/set-aside"] = Who.Admin,
        ["POST /needs-attention/{id}/set-aside"] = Who.Admin,
        ["GET /api/v1/me"] = Who.Key,
        ["DELETE /api/v1/me/token"] = Who.Key,
        ["GET /api/v1/teammates/{id}"] = Who.OwnKey,
        ["POST /api/v1/teammates/{id}/messages"] = Who.OwnKey,
        ["GET /api/v1/teammates/{id}/conversations"] = Who.OwnKey,
        ["GET /api/v1/teammates/{id}/conversations/{conversationId}"] = Who.OwnKey,
        ["GET /api/v1/teammates/{id}/conversations/{conversationId}/messages"] = Who.OwnKey,
        ["GET /api/v1/teammates/{id}/conversations/{conversationId}/messages/{messageId}"] = Who.OwnKey,
        ["POST /api/v1/teammates/{id}/conversations/{conversationId}/messages/{messageId}/stop"] = Who.OwnKey,
        ["GET /api/v1/teammates/{id}/approvals"] = Who.OwnKey,
        ["GET /api/v1/teammates/{id}/approvals/{approvalId}"] = Who.OwnKey,
        ["GET /api/v1/teammates/{id}/events"] = Who.OwnKey,
        ["GET /api/v1/teammates/{id}/webhooks"] = Who.OwnKey,
        ["GET /api/v1/teammates/{id}/webhooks/{webhookId}/deliveries"] = Who.OwnKey,
        ["POST /api/v1/teammates/{id}/hooks/{hookId}"] = Who.OwnKeyOrSignature,
        ["POST /api/openai/v1/chat/completions"] = Who.Key,
        ["GET /api/openai/v1/models"] = Who.Key,
        ["GET /api/openai/v1/models/{id}"] = Who.Key,
        ["POST /mcp"] = Who.Key,
        ["GET /openapi/v1.json"] = Who.Anyone,
        ["GET /developers"] = Who.Anyone,
        ["GET /developers/search"] = Who.Anyone,
        ["GET /developers/{topic}"] = Who.Anyone,
        ["GET /developers/{topic}.md"] = Who.Anyone,
        ["GET /llms.txt"] = Who.Anyone,
        ["GET /developers/try/{documentName?}"] = Who.Anyone,
        ["GET /developers/try/favicon.svg"] = Who.Anyone,
        ["GET /developers/try/scalar.js"] = Who.Anyone,
        ["GET /developers/try/scalar.aspnetcore.js"] = Who.Anyone,
        ["ANY /health/live"] = Who.Anyone,
        ["ANY /health/ready"] = Who.Anyone,
        ["ANY /.well-known/oauth-{kind}/{**rest}"] = Who.Anyone,
        ["ANY /.well-known/openid-configuration/{**rest}"] = Who.Anyone,
        ["ANY /register"] = Who.Anyone,
        ["ANY /authorize"] = Who.Anyone,
        ["ANY /token"] = Who.Anyone,
    };

    [Fact]
    public void Every_endpoint_has_a_rule_and_every_rule_its_endpoint() =>
        Endpoints().Order(StringComparer.Ordinal).ShouldBe(Rules.Keys.Order(StringComparer.Ordinal));

    [Fact]
    public async Task Pages_open_to_whom_they_are_for_and_to_nobody_else()
    {
        var teammate = await portal.HireAsync();
        var owner = await portal.AddPersonAsync(PersonRole.Owner);
        using var admin = await new PortalBrowser(portal).SignInAsync(owner);
        using var member = await new PortalBrowser(portal).SignInAsync(await portal.AddPersonAsync(PersonRole.Member));
        var key = await portal.GenerateAsync(teammate);
        using var anonymous = portal.Client();
        foreach (var (rule, who) in Rules.Where(rule => rule.Value is Who.SignedIn or Who.Admin))
        {
            var (method, path) = Request(rule, teammate);
            (await StatusAsync(anonymous, method, path)).ShouldBe("sign-in", $"{rule} for nobody");
            (await StatusAsync(anonymous, method, path, key.Text)).ShouldBe("sign-in", $"{rule} for a key");
            var asMember = await StatusAsync(member.Client, method, path);
            if (who is Who.Admin)
                asMember.ShouldBe("403", $"{rule} for a member");
            else
                asMember.ShouldNotBeOneOf("sign-in", "403");
            (await StatusAsync(admin.Client, method, path)).ShouldNotBeOneOf("sign-in", "403");
        }
    }

    [Fact]
    public async Task The_API_opens_to_a_good_key_of_that_teammate_and_to_nobody_else()
    {
        using var admin = await new PortalBrowser(portal).SignInAsync();
        var stranger = await portal.AddWorkspaceAsync();
        using var client = portal.Client();
        foreach (var (rule, who) in Rules.Where(rule => rule.Value is Who.Key or Who.OwnKey or Who.OwnKeyOrSignature))
        {
            var key = await portal.GenerateAsync();
            var colleague = await portal.GenerateAsync();
            var foreign = await portal.GenerateAsync(workspaceId: stranger.WorkspaceId);
            var revoked = await portal.GenerateAsync(key.TeammateId);
            await portal.RevokeAsync(revoked);
            var (method, path) = Request(rule, key.TeammateId);

            (await StatusAsync(client, method, path)).ShouldBe("401", $"{rule} for nobody");
            (await StatusAsync(client, method, path, "hclip_nonsense")).ShouldBe("401", $"{rule} for a bad key");
            (await StatusAsync(client, method, path, key.WithWrongSecret())).ShouldBe("401", $"{rule} for a wrong secret");
            (await StatusAsync(client, method, path, revoked.Text)).ShouldBe("401", $"{rule} for a revoked key");
            (await StatusAsync(admin.Client, method, path)).ShouldBe("401", $"{rule} for a session");
            if (who is not Who.Key)
            {
                (await StatusAsync(client, method, path, colleague.Text)).ShouldBe("403", $"{rule} for another teammate's key");
                (await StatusAsync(client, method, path, foreign.Text)).ShouldBe("403", $"{rule} for another workspace's key");
            }

            (await StatusAsync(client, method, path, key.Text)).ShouldNotBeOneOf("sign-in", "401", "403");
        }
    }

    [Fact]
    public async Task What_is_for_anyone_opens_to_anyone()
    {
        using var anonymous = portal.Client();
        foreach (var (rule, _) in Rules.Where(rule => rule.Value is Who.Anyone && !rule.Key.EndsWith(" /", StringComparison.Ordinal) && !rule.Key.Contains("sign-out", StringComparison.Ordinal)))
        {
            var (method, path) = Request(rule, "x");
            (await StatusAsync(anonymous, method, path)).ShouldNotBeOneOf("sign-in", "401", "403");
        }
    }

    private static (HttpMethod Method, string Path) Request(string rule, string id)
    {
        var parts = rule.Split(' ');
        return (parts[0] == "ANY" ? HttpMethod.Get : new HttpMethod(parts[0]), CatchAll().Replace(parts[1], "").Replace("{id}", id, StringComparison.Ordinal).Replace("{kind}", "authorization-server", StringComparison.Ordinal));
    }

    private static async Task<string> StatusAsync(HttpClient client, HttpMethod method, string path, string? key = null)
    {
        // The head is enough: an answer may be a stream that does not end.
        using var request = new HttpRequestMessage(method, path);
        if (key is not null)
            request.Headers.Authorization = new("Bearer", key);
        using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        return answer.StatusCode == HttpStatusCode.Redirect && answer.Headers.Location!.ToString().Contains("/account/sign-in", StringComparison.Ordinal)
            ? "sign-in"
            : ((int)answer.StatusCode).ToString(System.Globalization.CultureInfo.InvariantCulture);
    }

    private List<string> Endpoints()
    {
        _ = portal.Address;
        return [.. portal.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .SelectMany(endpoint => (endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["ANY"]).Select(method => $"{method} {Pattern(endpoint)}"))
            .Distinct(StringComparer.Ordinal)];
    }

    private static string Pattern(RouteEndpoint endpoint)
    {
        var text = "/" + endpoint.RoutePattern.RawText!.Trim('/');
        return endpoint.Metadata.GetMetadata<ControllerActionDescriptor>() is null ? text : text.ToLowerInvariant();
    }

    [GeneratedRegex(@"/\{\*\*[a-z]+\}")]
    private static partial Regex CatchAll();
}
