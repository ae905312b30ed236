namespace AImetier.Portal.Features.Reference;

/// <summary>Adds the Developer reference: the description of the API, generated from its endpoints, and the manual around it.</summary>
public static class ReferenceServices
{
    /// <summary>Where the description is.</summary>
    public const string Address = "/openapi/v1.json";

    /// <summary>Name of the description.</summary>
    internal const string Document = "v1";

    private const string Described = "api/v1/";

    /// <summary>Adds the generator and the manual.</summary>
    /// <param name="services">The container.</param>
    /// <remarks>OpenAPI Specification 3.1.1.</remarks>
    public static IServiceCollection AddReference(this IServiceCollection services) => services.AddSingleton<ManualReader>().AddOpenApi(Document, options =>
    {
        options.ShouldInclude = endpoint => endpoint.RelativePath?.StartsWith(Described, StringComparison.Ordinal) == true;
        options.CreateSchemaReferenceId = ReferenceSchemas.NameOf;
        options.AddSchemaTransformer<ReferenceSchemas>();
        options.AddOperationTransformer<ReferenceOperations>();
        options.AddDocumentTransformer<ReferenceDocument>();
        options.AddDocumentTransformer<ReferenceWebhooks>();
    });

    /// <summary>Maps <c>GET /openapi/v1.json</c> and the page to try calls on, which need no key; the manual's pages are a controller's.</summary>
    /// <param name="routes">The application.</param>
    public static void MapReference(this IEndpointRouteBuilder routes)
    {
        routes.MapOpenApi(Address).AllowAnonymous();
        routes.MapTryCalls();
    }
}
