using System.Net;
using System.Text.Json.Nodes;
using AImetier.Portal.Features.Conversations;
using AImetier.Portal.Tests.Host;
using Shouldly;
using Xunit;

namespace AImetier.Portal.Tests.Mcp;

/// <summary>The catalog of bad input at the MCP address, each refusal beside what passes.</summary>
public sealed class McpDoorTests(PortalHost portal) : IClassFixture<PortalHost>
{
    public static TheoryData<string> Eras => [McpProbe.Modern, McpProbe.Legacy, "2025-06-18"];

    [Theory]
    [MemberData(nameof(Eras))]
    public async Task Origin_and_host_must_be_our_own_or_absent(string revision)
    {
        var key = await portal.GenerateAsync();
        var (body, headers) = McpProbe.Compose("tools/list", null, revision);
        var own = portal.Address.GetLeftPart(UriPartial.Authority);
        var host = $"Host: {portal.Address.Authority}";

        (await StatusAsync(host)).ShouldBe(200);
        (await StatusAsync(host, $"Origin: {own}")).ShouldBe(200);
        string[][] refused =
        [
            [host, "Origin: https://evil.example"], [host, "Origin: null"], [host, "Origin: "], [host, $"Origin: {own}.evil.example"], [host, $"Origin: {own}/"],
            [host, "Origin: http://localhost:1"], [host, $"Origin: {own}", $"Origin: {own}"], [host, $"Origin: {own}", "Origin: https://evil.example"],
            ["Host: evil.example"], ["Host: evil.example", "Origin: http://evil.example"], ["Host: localhost.evil.example"],
        ];
        foreach (var lines in refused)
        {
            var answer = await SendAsync(lines);
            (answer.Status, answer.Code).ShouldBe((403, "foreign_origin"), string.Join(" / ", lines));
            answer.Headers.ShouldContain("X-Request-Id: req_");
            answer.Headers.ShouldContain("X-Content-Type-Options: nosniff");
        }

        async Task<int> StatusAsync(params string[] lines) => (await SendAsync(lines)).Status;

        Task<RawAnswer> SendAsync(params string[] lines) => RawHttp.SendAsync(portal.Address, "POST", "/mcp", body.ToJsonString(),
        [
            .. lines, .. headers.Select(header => $"{header.Key}: {header.Value}"), $"Authorization: Bearer {key.Text}", "Accept: application/json, text/event-stream",
            "Content-Type: application/json", $"Content-Length: {body.ToJsonString().Length}",
        ]);
    }

    [Theory]
    [MemberData(nameof(Eras))]
    public async Task Only_a_good_key_opens_the_door(string revision)
    {
        var key = await portal.GenerateAsync();
        var revoked = await portal.GenerateAsync(key.TeammateId);
        await portal.RevokeAsync(revoked);
        using var admin = await new PortalBrowser(portal).SignInAsync();

        (await portal.RequestAsync(key.Text, "tools/list", null, revision)).Status.ShouldBe(HttpStatusCode.OK);
        string?[] bad = [null, "", "hclip_nonsense", key.WithWrongSecret(), revoked.Text];
        foreach (var text in bad)
        {
            var reply = await portal.RequestAsync(text, "tools/list", null, revision);
            reply.Status.ShouldBe(HttpStatusCode.Unauthorized);
            reply.Headers["WWW-Authenticate"].ShouldStartWith("Bearer realm=\"aimetier\"");
            reply.Problem.ShouldBe(text is null ? "missing_key" : "invalid_key");
        }

        using var cookie = await admin.Client.PostAsync(new Uri("/mcp", UriKind.Relative), new StringContent("{}", null, "application/json"));
        cookie.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await portal.PostAsync(null, "{}", new Dictionary<string, string> { ["X-Api-Key"] = key.Text })).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("DELETE")]
    [InlineData("PUT")]
    public async Task Other_verbs_are_told_to_post(string method)
    {
        var key = await portal.GenerateAsync();
        using var client = portal.Client();
        using var answer = await client.CallAsync(key.Text, "/mcp", new HttpMethod(method));
        answer.StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
        answer.Content.Headers.Allow.ShouldBe(["POST"]);
        using var without = await client.CallAsync(null, "/mcp", new HttpMethod(method));
        without.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("/.well-known/oauth-protected-resource/mcp")]
    [InlineData("/.well-known/oauth-authorization-server")]
    [InlineData("/.well-known/openid-configuration/mcp")]
    [InlineData("/mcp/sse")]
    public async Task Where_clients_look_for_OAuth_there_is_nothing(string path)
    {
        var key = await portal.GenerateAsync();
        using var client = portal.Client();
        using var answer = await client.CallAsync(key.Text, path);
        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
    }

    [Fact]
    public async Task Headers_of_the_protocol_must_be_there_and_say_what_the_body_says()
    {
        var key = await portal.GenerateAsync();
        var arguments = new JsonObject { ["name"] = "list_conversations", ["arguments"] = new JsonObject() };
        var (body, good) = McpProbe.Compose("tools/call", arguments);

        (await SendAsync(_ => { })).Status.ShouldBe(HttpStatusCode.OK);
        await RefusedAsync(headers => headers.Remove("MCP-Protocol-Version"));
        await RefusedAsync(headers => headers["MCP-Protocol-Version"] = McpProbe.Legacy);
        await RefusedAsync(headers => headers["MCP-Protocol-Version"] = "1999-01-01");
        await RefusedAsync(headers => headers.Remove("Mcp-Method"));
        await RefusedAsync(headers => headers["Mcp-Method"] = "tools/list");
        await RefusedAsync(headers => headers.Remove("Mcp-Name"));
        await RefusedAsync(headers => headers["Mcp-Name"] = "ask_teammate");

        async Task RefusedAsync(Action<Dictionary<string, string>> twist)
        {
            var reply = await SendAsync(twist);
            reply.Status.ShouldBe(HttpStatusCode.BadRequest);
            reply.Error.ShouldBeLessThan(0);
        }

        Task<McpReply> SendAsync(Action<Dictionary<string, string>> twist)
        {
            var headers = new Dictionary<string, string>(good, StringComparer.Ordinal);
            twist(headers);
            return portal.PostAsync(key.Text, body.ToJsonString(), headers);
        }
    }

    [Theory]
    [MemberData(nameof(Eras))]
    public async Task Unknown_methods_and_tools_are_errors_of_the_protocol(string revision)
    {
        var key = await portal.GenerateAsync();
        (await portal.RequestAsync(key.Text, "tools/nothing", null, revision)).Error.ShouldBe(-32601);
        (await portal.RequestAsync(key.Text, "prompts/list", null, revision)).Error.ShouldBe(-32601);
        (await portal.CallAsync(key, "approve", new { approvalId = "apr_x" }, revision)).Error.ShouldBe(-32602);
        (await portal.CallAsync(key, "list_approvals", new { }, revision)).IsError.ShouldBeFalse();
    }

    [Theory]
    [InlineData("[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}]")]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"ping\"}")]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":null,\"method\":\"ping\"}")]
    [InlineData("{\"jsonrpc\":\"1.0\",\"id\":1,\"method\":\"ping\"}")]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":7}")]
    [InlineData("not json")]
    [InlineData("null")]
    [InlineData("")]
    public async Task A_body_that_is_not_one_message_is_refused(string body)
    {
        var key = await portal.GenerateAsync();
        (await portal.PostAsync(key.Text, "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}", new Dictionary<string, string>())).Status.ShouldBe(HttpStatusCode.OK);
        (await portal.PostAsync(key.Text, body, new Dictionary<string, string>())).Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Deep_and_large_bodies_are_refused_and_what_is_just_small_enough_passes()
    {
        var key = await portal.GenerateAsync();
        (await portal.PostAsync(key.Text, Deep(30), new Dictionary<string, string>())).Status.ShouldBe(HttpStatusCode.OK);
        (await portal.PostAsync(key.Text, Deep(5_000), new Dictionary<string, string>())).Status.ShouldBe(HttpStatusCode.BadRequest);

        (await portal.PostAsync(key.Text, Padded(JsonBody.Longest), new Dictionary<string, string>())).Status.ShouldBe(HttpStatusCode.OK);

        // What is too much is refused when it is announced, and the connection closed: whoever sends it nevertheless may find it closed before the answer is read.
        foreach (var length in new[] { JsonBody.Longest + 1, 52_428_800 })
        {
            var announced = await RawHttp.SendAsync(
                portal.Address, "POST", "/mcp", "", $"Host: {portal.Address.Authority}", $"Authorization: Bearer {key.Text}", "Accept: application/json, text/event-stream",
                "Content-Type: application/json", $"Content-Length: {length}");
            (announced.Status, announced.Code).ShouldBe((413, "payload_too_large"));
        }

        static string Deep(int levels) => "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"params\":{\"x\":" + new string('[', levels) + new string(']', levels) + "}}";
        static string Padded(int length) => "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}".PadRight(length);
    }

    [Fact]
    public async Task Other_types_are_refused_after_the_key()
    {
        var key = await portal.GenerateAsync();
        var (body, headers) = McpProbe.Compose("ping", null, McpProbe.Legacy);
        (await portal.PostAsync(key.Text, body.ToJsonString(), headers, contentType: "text/plain")).Problem.ShouldBe("unsupported_media_type");
        (await portal.PostAsync(null, body.ToJsonString(), headers, contentType: "text/plain")).Problem.ShouldBe("missing_key");
        (await portal.PostAsync(key.Text, body.ToJsonString(), new Dictionary<string, string>(headers) { ["Accept"] = "application/json" })).Status.ShouldBe(HttpStatusCode.NotAcceptable);
        (await portal.PostAsync(key.Text, body.ToJsonString(), headers)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Requests_of_a_key_are_counted_here_too()
    {
        await using var small = new PortalHost();
        small.With("RateLimits:PerKey:Burst", "2").With("RateLimits:PerKey:PermitsPerSecond", "1");
        var key = await small.GenerateAsync();
        (await small.RequestAsync(key.Text, "tools/list")).Headers["RateLimit"].ShouldBe("\"key\";r=1;t=1");
        (await small.RequestAsync(key.Text, "tools/list")).Status.ShouldBe(HttpStatusCode.OK);

        // The bucket fills in real time: on a slow machine some of these may pass.
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => small.RequestAsync(key.Text, "tools/list")));
        var refused = answers.First(answer => answer.Status != HttpStatusCode.OK);
        refused.Status.ShouldBe(HttpStatusCode.TooManyRequests);
        refused.Problem.ShouldBe("rate_limited");
        refused.Headers["Retry-After"].ShouldBe("1");
    }
}
