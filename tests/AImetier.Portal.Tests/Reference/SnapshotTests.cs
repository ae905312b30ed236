using System.Net;
using AImetier.Portal.Features.Shared;
using AImetier.Portal.Tests.Host;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace AImetier.Portal.Tests.Reference;

/// <summary>The API's description is whole, and changes only on purpose.</summary>
public sealed class SnapshotTests(PortalHost portal) : IClassFixture<PortalHost>
{
    private const string Renew = "RENEW_OPENAPI";

    private static readonly string[] Methods = ["get", "post", "put", "patch", "delete"];

    [Fact]
    public async Task The_description_is_the_snapshot_byte_for_byte()
    {
        var now = await Description.ReadAsync(portal);
        if (Environment.GetEnvironmentVariable(Renew) is { Length: > 0 })
            await File.WriteAllTextAsync(Description.SnapshotPath, now);
        var then = File.Exists(Description.SnapshotPath) ? await File.ReadAllTextAsync(Description.SnapshotPath) : "";
        now.ShouldBe(then, $"The API's description has changed. v1 only adds: if that holds, renew the snapshot with {Renew}=1 and read the difference before committing it.");
    }

    [Fact]
    public async Task Every_endpoint_of_v1_is_described_and_nothing_else()
    {
        var document = await Description.ParseAsync(portal);
        var described = document["paths"]!.AsObject()
            .SelectMany(path => path.Value!.AsObject().Where(entry => Methods.Contains(entry.Key, StringComparer.Ordinal)).Select(entry => $"{entry.Key.ToUpperInvariant()} {path.Key}"));
        var served = portal.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.RoutePattern.RawText!.TrimStart('/').StartsWith("api/v1/", StringComparison.Ordinal))
            .SelectMany(endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Select(method => $"{method} /{endpoint.RoutePattern.RawText!.Trim('/')}"))
            .ToList();
        served.ShouldNotBeEmpty();
        described.Order(StringComparer.Ordinal).ShouldBe(served.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Every_problem_that_an_operation_can_have_is_an_example_of_one()
    {
        var document = await Description.ParseAsync(portal);
        var examples = document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject().Select(operation => operation.Value!))
            .SelectMany(operation => operation["responses"]!.AsObject())
            .SelectMany(answer => answer.Value!["content"]?["application/problem+json"]?["examples"]?.AsObject().Select(example => (Status: answer.Key, Code: example.Key)) ?? [])
            .Distinct().ToList();

        // An operation has its method: 405 is for what is no operation, and stands with the schema.
        document["components"]!["schemas"]!["Problem"]!["examples"]![0]!["code"]!.GetValue<string>().ShouldBe("method_not_allowed");
        examples.Select(example => example.Code).Order(StringComparer.Ordinal)
            .ShouldBe(ApiProblem.All.Keys.Where(code => code is not ("method_not_allowed" or "model_not_found" or "foreign_origin")).Order(StringComparer.Ordinal));
        foreach (var (status, code) in examples)
        {
            var value = document["components"]!["examples"]![code]!["value"]!;
            value["status"]!.GetValue<int>().ToString(System.Globalization.CultureInfo.InvariantCulture).ShouldBe(status);
            value["code"]!.GetValue<string>().ShouldBe(code);
            value["type"]!.GetValue<string>().ShouldBe($"{Description.Address}/developers/errors#{code}");
        }
    }

    [Fact]
    public async Task Anyone_may_read_it_and_another_version_is_no_page()
    {
        using var client = portal.Client();
        using var answer = await client.GetAsync("/openapi/v1.json");
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/json");
        using var other = await client.GetAsync("/openapi/v2.json");
        other.IsSuccessStatusCode.ShouldBeFalse();
        other.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
    }

    [Fact]
    public async Task The_server_is_the_public_address()
    {
        await using var open = new PortalHost().With("Portal:PublicUrl", "https://portal.example.com/");
        using var client = open.Client();
        var text = await client.GetStringAsync("/openapi/v1.json");
        text.ShouldContain("\"url\": \"https://portal.example.com\"");
        text.ShouldNotContain(open.Address.Authority);
    }
}
