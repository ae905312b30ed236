using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AImetier.Portal.Data;
using AImetier.Portal.Features.Teammates;
using AImetier.Portal.Tests.Conversations;
using AImetier.Portal.Tests.Host;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace AImetier.Portal.Tests.OpenAiDoor;

/// <summary>Refusals of the OpenAI-compatible door: in OpenAI's shape there, as problem details everywhere else.</summary>
public sealed class DoorErrorTests(AskPortal portal) : IClassFixture<AskPortal>
{
    private const string Hello = """{"role": "user", "content": "Hello"}""";

    [Theory]
    [InlineData(null, HttpStatusCode.Unauthorized, "missing_key")]
    [InlineData("hclip_nonsense", HttpStatusCode.Unauthorized, "invalid_key")]
    public async Task Without_a_good_key_the_error_is_OpenAIs(string? key, HttpStatusCode status, string code)
    {
        using var answer = await portal.CompleteAsync(key, DoorClient.Question("Hello"));
        answer.StatusCode.ShouldBe(status);
        answer.Headers.WwwAuthenticate.ShouldNotBeEmpty();
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/json");
        var error = await answer.ErrorAsync();
        error.GetProperty("code").GetString().ShouldBe(code);
        error.GetProperty("type").GetString().ShouldBe("authentication_error");
        error.GetProperty("param").ValueKind.ShouldBe(JsonValueKind.Null);
        error.GetProperty("message").GetString().ShouldNotBeNullOrEmpty();

        using var client = portal.Client();
        using var elsewhere = await client.CallAsync(key);
        elsewhere.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
    }

    [Theory]
    [InlineData("GET", "/api/openai/v1/nothing", HttpStatusCode.NotFound, "not_found")]
    [InlineData("GET", "/api/openai/v1/chat/completions", HttpStatusCode.MethodNotAllowed, "method_not_allowed")]
    [InlineData("GET", "/api/openai/v1/models/gpt-4o", HttpStatusCode.NotFound, "model_not_found")]
    [InlineData("POST", "/api/openai/v1/chat/completions", HttpStatusCode.UnsupportedMediaType, "unsupported_media_type")]
    public async Task What_routing_or_the_endpoint_refuses_is_OpenAIs_too(string method, string path, HttpStatusCode status, string code)
    {
        var key = await portal.GenerateAsync();
        using var client = portal.Client();
        using var answer = await client.CallAsync(key.Text, path, new HttpMethod(method), method == "POST" ? new StringContent("Hello") : null);
        answer.StatusCode.ShouldBe(status);
        (await answer.ErrorAsync()).GetProperty("code").GetString().ShouldBe(code);
    }

    [Fact]
    public async Task A_model_is_the_keys_teammate_and_no_other()
    {
        var (key, other) = (await portal.GenerateAsync(), await portal.GenerateAsync());
        foreach (var model in new[] { key.TeammateId, "me", "" })
        {
            using var good = await portal.CompleteAsync(key.Text, $$"""{"model": "{{model}}", "messages": [{{Hello}}]}""");
            good.StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        foreach (var model in new[] { other.TeammateId, "tm_nothing", "gpt-4o" })
        {
            using var refused = await portal.CompleteAsync(key.Text, $$"""{"model": "{{model}}", "messages": [{{Hello}}]}""");
            refused.StatusCode.ShouldBe(HttpStatusCode.NotFound);
            var error = await refused.ErrorAsync();
            error.GetProperty("code").GetString().ShouldBe("model_not_found");
            error.GetProperty("param").GetString().ShouldBe("model");
        }
    }

    [Theory]
    [InlineData("[]", "body")]
    [InlineData("{", "body")]
    [InlineData("{}", "messages")]
    [InlineData("""{"messages": []}""", "messages")]
    [InlineData("""{"messages": [{"role": "system", "content": "Be brief"}]}""", "messages")]
    [InlineData("""{"messages": [{"role": "user", "content": "  "}]}""", "messages")]
    [InlineData("""{"messages": [{"role": "king", "content": "Hello"}]}""", "messages[0].role")]
    [InlineData("""{"messages": [{"role": "user"}]}""", "messages[0].content")]
    [InlineData("""{"messages": [{"role": "user", "content": [{"type": "image_url", "image_url": {"url": "x"}}]}]}""", "messages[0].content")]
    [InlineData("""{"messages": [HELLO], "n": 2}""", "n")]
    [InlineData("""{"messages": [HELLO], "tools": [{"type": "function"}]}""", "tools")]
    [InlineData("""{"messages": [HELLO], "functions": [{}]}""", "functions")]
    [InlineData("""{"messages": [HELLO], "response_format": {"type": "json_object"}}""", "response_format")]
    [InlineData("""{"messages": [HELLO], "stop": ["END"]}""", "stop")]
    [InlineData("""{"messages": [HELLO], "stream": "yes"}""", "stream")]
    [InlineData("""{"messages": [HELLO], "model": 4}""", "model")]
    [InlineData("""{"messages": [HELLO], "metadata": {"a": 1}}""", "metadata")]
    public async Task What_does_not_fit_is_named_and_nothing_is_asked(string body, string param)
    {
        var key = await portal.GenerateAsync();
        using var answer = await portal.CompleteAsync(key.Text, body.Replace("HELLO", Hello, StringComparison.Ordinal));
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var error = await answer.ErrorAsync();
        error.GetProperty("type").GetString().ShouldBe("invalid_request_error");
        error.GetProperty("param").GetString().ShouldBe(param);
        (await portal.MessagesAsync(key.TeammateId)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_body_over_a_megabyte_is_too_large()
    {
        var key = await portal.GenerateAsync();
        using var answer = await portal.CompleteAsync(key.Text, DoorClient.Question(new string('a', 1024 * 1024)));
        answer.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await answer.ErrorAsync()).GetProperty("code").GetString().ShouldBe("payload_too_large");
    }

    [Fact]
    public async Task A_model_that_fails_is_an_error_of_the_server()
    {
        var key = await portal.GenerateAsync();
        using var answer = await portal.CompleteAsync(key.Text, DoorClient.Question("[fail] please"));
        answer.StatusCode.ShouldBe(HttpStatusCode.BadGateway);
        var error = await answer.ErrorAsync();
        error.GetProperty("type").GetString().ShouldBe("server_error");
        error.GetProperty("code").GetString().ShouldBe("model_failed");
        answer.Headers.Contains("x-should-retry").ShouldBeFalse();
    }

    [Fact]
    public async Task A_paused_teammate_says_that_trying_again_is_in_vain()
    {
        var key = await portal.GenerateAsync();
        await portal.InScopeAsync(services => services.GetRequiredService<PortalDbContext>().Set<Teammate>().IgnoreQueryFilters()
            .Where(row => row.Id == key.TeammateId).ExecuteUpdateAsync(set => set.SetProperty(row => row.PausedAt, portal.Clock.GetUtcNow())));
        using var answer = await portal.CompleteAsync(key.Text, DoorClient.Question("Hello"));
        answer.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        answer.Headers.GetValues("x-should-retry").Single().ShouldBe("false");
        (await answer.ErrorAsync()).GetProperty("code").GetString().ShouldBe("teammate_paused");

        using var client = portal.Client();
        using var models = await client.CallAsync(key.Text, "/api/openai/v1/models");
        var model = (await models.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("data")[0];
        model.GetProperty("object").GetString().ShouldBe("model");
        model.GetProperty("owned_by").GetString().ShouldBe("aimetier");
        model.GetProperty("aimetier").GetProperty("status").GetString().ShouldBe("paused");
    }
}
