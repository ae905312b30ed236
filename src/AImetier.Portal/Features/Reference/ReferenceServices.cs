namespace AImetier.Portal.Features.Reference;

/// <summary>Adds the description of the API, generated from its endpoints.</summary>
public static class ReferenceServices
{
    /// <summary>Where the description is.</summary>
    public const string Address = "/openapi/v1.json";

    private const string Described = "api/v1/";

    /// <summary>Adds the generator.</summary>
    /// <param name="services">The container.</param>
    /// <remarks>OpenAPI Specification 3.1.1.</remarks>
    public static IServiceCollection AddReference(this IServiceCollection services) => services.AddOpenApi("v1", options =>
    {
        options.ShouldInclude = endpoint => endpoint.RelativePath?.StartsWith(Described, StringComparison.Ordinal) == true;
        options.CreateSchemaReferenceId = ReferenceSchemas.NameOf;
        options.AddSchemaTransformer<ReferenceSchemas>();
        options.AddOperationTransformer<ReferenceOperations>();
        options.AddDocumentTransformer<ReferenceDocument>();
        options.AddDocumentTransformer<ReferenceWebhooks>();
    });

    /// <summary>Maps <c>GET /openapi/v1.json</c>, which needs no key.</summary>
    /// <param name="routes">The application.</param>
    public static void MapReference(this IEndpointRouteBuilder routes) => routes.MapOpenApi(Address).AllowAnonymous();
}
