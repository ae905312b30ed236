using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AImetier.Portal.Features.ApiTokens;
using AImetier.Portal.Tests.Host;
using Shouldly;
using Xunit;

namespace AImetier.Portal.Tests.ApiTokens;

/// <summary>The catalogue's "Header": every way to send a key wrongly, and the ways that are right, over a bare socket.</summary>
public sealed class HeaderCatalogTests(PortalHost portal) : IClassFixture<PortalHost>, IAsyncLifetime
{
    private TestKey _key = null!;

    public async Task InitializeAsync()
    {
        portal.With("RateLimits:PerKey:RefusalsPerMinute", "1000000").With("RateLimits:PerKey:Burst", "1000000").With("RateLimits:PerKey:PermitsPerSecond", "100000");
        _key = await portal.GenerateAsync();
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Theory]
    [InlineData("Authorization: Bearer {key}")]
    [InlineData("authorization: bearer {key}")]
    [InlineData("Authorization: BEARER {key}")]
    [InlineData("Authorization: Bearer  {key}")]
    [InlineData("Authorization: Bearer {key} ")]
    public async Task The_key_is_accepted(string header)
    {
        var answer = await RawHttp.GetAsync(portal.Address, "/api/v1/me", header.Replace("{key}", _key.Text, StringComparison.Ordinal));
        answer.Status.ShouldBe(200);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("Authorization:")]
    [InlineData("Authorization: Basic {key}")]
    [InlineData("Authorization: Token {key}")]
    [InlineData("Authorization: Digest {key}")]
    [InlineData("Authorization: {key}")]
    [InlineData("X-Api-Key: {key}")]
    [InlineData("Cookie: key={key}")]
    public async Task No_bearer_is_a_missing_key(string? header)
    {
        var answer = await RawHttp.GetAsync(portal.Address, "/api/v1/me", header is null ? [] : [header.Replace("{key}", _key.Text, StringComparison.Ordinal)]);
        answer.Status.ShouldBe(401);
        answer.Code.ShouldBe("missing_key");
        answer.Headers.ShouldContain("WWW-Authenticate: Bearer realm=\"aimetier\"\r\n");
        answer.Headers.ShouldNotContain("Location:");
    }

    [Theory]
    [InlineData("Authorization: Bearer {key}", "Authorization: Bearer {key}")]
    [InlineData("Authorization: Bearer {key}, Bearer {key}")]
    [InlineData("Authorization: Bearer {key} {key}")]
    [InlineData("Authorization: Bearer\t{key}")]
    [InlineData("Authorization: Bearer {key}\u00e9")]
    [InlineData("Authorization: Bearer {key}\u200b")]
    [InlineData("Authorization: Bearer \u202e{key}")]
    [InlineData("Authorization: Bearer {key}\u0001")]
    [InlineData("Authorization: Bearer {key}\u007f")]
    public async Task Two_values_or_foreign_bytes_are_malformed(params string[] headers)
    {
        var answer = await RawHttp.GetAsync(portal.Address, "/api/v1/me", [.. headers.Select(header => header.Replace("{key}", _key.Text, StringComparison.Ordinal))]);
        answer.Status.ShouldBe(400);
        answer.Code.ShouldBe("malformed_authorization");
        answer.Headers.ShouldContain("error=\"invalid_request\"");
        answer.Body.ShouldNotContain(_key.Secret);
    }

    [Fact]
    public async Task A_zero_byte_is_refused_by_the_server_itself()
    {
        var answer = await RawHttp.GetAsync(portal.Address, "/api/v1/me", $"Authorization: Bearer {_key.Text}\0");
        answer.Status.ShouldBe(400);
    }

    [Theory]
    [InlineData("/api/v1/me?access_token={key}")]
    [InlineData("/api/v1/me?access_token=%68clip_abc")]
    [InlineData("/api/v1/teammates/{key}")]
    [InlineData("/api/v1/{key}")]
    public async Task A_key_in_the_address_is_malformed_with_or_without_a_header(string path)
    {
        path = path.Replace("{key}", _key.Text, StringComparison.Ordinal);
        var without = await RawHttp.GetAsync(portal.Address, path);
        var with = await RawHttp.GetAsync(portal.Address, path, $"Authorization: Bearer {_key.Text}");
        without.Status.ShouldBe(400);
        with.Status.ShouldBe(400);
        with.Code.ShouldBe("malformed_authorization");
        with.Body.ShouldNotContain(_key.Secret);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(71)]
    [InlineData(73)]
    [InlineData(1_000)]
    [InlineData(16_000)]
    public async Task A_wrong_length_is_told(int length)
    {
        using var client = portal.Client();
        var text = (_key.Text + new string('x', 16_000))[..length];
        var answer = await RawHttp.GetAsync(portal.Address, "/api/v1/me", $"Authorization: Bearer {text}");
        answer.Status.ShouldBe(401);
        answer.Code.ShouldBe("invalid_key");
        answer.Headers.ShouldContain("error=\"invalid_token\"");
        answer.Body.ShouldContain($"This is not a complete key: {length} of 72 characters.");
    }

    [Fact]
    public async Task Every_single_character_mutation_is_refused_with_one_and_the_same_answer()
    {
        using var client = portal.Client();
        var details = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < TokenFormat.Length; i++)
        {
            var mutated = _key.Text[..i] + (_key.Text[i] == 'x' ? 'y' : 'x') + _key.Text[(i + 1)..];
            using var answer = await client.CallAsync(mutated);
            answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
            details.Add((await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("detail").GetString()!);
        }

        foreach (var other in new[] { PlainToken.Generate().Reveal(), _key.WithWrongSecret(), _key.Text.ToUpperInvariant(), "HCLIP_" + _key.Text[6..] })
        {
            using var answer = await client.CallAsync(other);
            answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
            details.Add((await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("detail").GetString()!);
        }

        details.Count.ShouldBe(1);
        using var good = await client.CallAsync(_key.Text);
        good.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_session_never_opens_the_API_and_a_key_never_opens_a_page()
    {
        using var browser = await new PortalBrowser(portal).SignInAsync();
        using var api = await browser.GetAsync("/api/v1/me");
        api.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        using var page = await browser.GetAsync("/settings/developer");
        page.StatusCode.ShouldBe(HttpStatusCode.OK);

        using var client = portal.Client();
        using var withKey = await client.CallAsync(_key.Text, "/settings/developer");
        withKey.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        using var apiWithKey = await client.CallAsync(_key.Text);
        apiWithKey.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_key_in_a_form_is_no_key()
    {
        using var client = portal.Client();
        using var form = new FormUrlEncodedContent([new("access_token", _key.Text)]);
        using var answer = await client.CallAsync(null, "/api/v1/teammates/me/messages", HttpMethod.Post, form);
        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_foreign_origin_gets_no_CORS_header_and_a_preflight_is_refused()
    {
        using var client = portal.Client();
        using var preflight = new HttpRequestMessage(HttpMethod.Options, "/api/v1/me");
        preflight.Headers.Add("Origin", "https://evil.test");
        preflight.Headers.Add("Access-Control-Request-Method", "GET");
        using var refused = await client.SendAsync(preflight);
        refused.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        refused.Headers.ShouldNotContain(header => header.Key.StartsWith("Access-Control", StringComparison.OrdinalIgnoreCase));

        using var call = new HttpRequestMessage(HttpMethod.Get, "/api/v1/me");
        call.Headers.Add("Origin", "https://evil.test");
        call.Headers.Authorization = new("Bearer", _key.Text);
        using var answered = await client.SendAsync(call);
        answered.StatusCode.ShouldBe(HttpStatusCode.OK);
        answered.Headers.ShouldNotContain(header => header.Key.StartsWith("Access-Control", StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    [InlineData("POST")]
    [InlineData("BREW")]
    public async Task An_unknown_verb_is_405_with_a_key_and_401_without(string verb)
    {
        using var client = portal.Client();
        using var with = await client.CallAsync(_key.Text, method: new HttpMethod(verb));
        with.StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
        with.Content.Headers.Allow.ShouldContain("GET");
        (await with.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString().ShouldBe("method_not_allowed");
        using var without = await client.CallAsync(null, method: new HttpMethod(verb));
        without.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task An_unknown_address_is_404_with_a_key_and_401_without()
    {
        using var client = portal.Client();
        using var with = await client.CallAsync(_key.Text, "/api/v1/nothing");
        with.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await with.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString().ShouldBe("not_found");
        using var without = await client.CallAsync(null, "/api/v1/nothing");
        without.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Another_teammate_gets_one_answer_whether_it_exists_or_not()
    {
        var colleague = await portal.HireAsync("Nora");
        var stranger = await portal.AddWorkspaceAsync();
        var foreign = await portal.HireAsync("Zoe", stranger.WorkspaceId);
        using var client = portal.Client();
        var details = new HashSet<string>(StringComparer.Ordinal);
        foreach (var id in new[] { colleague, foreign, "tm_00000000000000000000", "x" })
        {
            using var answer = await client.CallAsync(_key.Text, $"/api/v1/teammates/{id}");
            answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
            var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
            problem.GetProperty("code").GetString().ShouldBe("wrong_teammate");
            problem.GetProperty("requestId").GetString().ShouldBe(answer.Headers.GetValues("X-Request-Id").Single());
            details.Add(problem.GetProperty("detail").GetString()!);
        }

        details.Single().ShouldContain(_key.TeammateId);
        foreach (var id in new[] { _key.TeammateId, "me" })
        {
            using var own = await client.CallAsync(_key.Text, $"/api/v1/teammates/{id}");
            own.StatusCode.ShouldBe(HttpStatusCode.OK);
        }
    }

    [Theory]
    [InlineData("/.well-known/oauth-authorization-server")]
    [InlineData("/.well-known/oauth-authorization-server/mcp")]
    [InlineData("/.well-known/oauth-protected-resource")]
    [InlineData("/.well-known/oauth-protected-resource/mcp")]
    [InlineData("/.well-known/openid-configuration")]
    [InlineData("/.well-known/openid-configuration/mcp")]
    [InlineData("/register")]
    [InlineData("/authorize")]
    [InlineData("/token")]
    public async Task An_OAuth_probe_finds_nothing_and_says_so_in_JSON(string path)
    {
        using var client = portal.Client();
        foreach (var method in new[] { HttpMethod.Get, HttpMethod.Post })
        {
            using var answer = await client.CallAsync(null, path, method);
            answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
            answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        }
    }
}
