using AImetier.Portal.Data;
using AImetier.Portal.Features.Shared;
using AImetier.Portal.Security;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.Options;
using Microsoft.OpenApi;

namespace AImetier.Portal.Features.Reference;

/// <summary>Says what holds for the whole API: address, key, tags, headers and problems.</summary>
/// <param name="portal">The public address.</param>
public sealed class ReferenceDocument(IOptions<PortalOptions> portal) : IOpenApiDocumentTransformer
{
    private const string Scheme = "key";
    private const string StandardScheme = "standardWebhooks";
    private const string GitHubScheme = "gitHubSignature";

    private static readonly OpenApiTag[] Tags =
    [
        new() { Name = "Approvals", Description = "What the teammate wants to send out of the workspace. People decide; a key reads." },
        new() { Name = "Conversations", Description = "Asking the teammate for work, and reading what was asked and replied." },
        new() { Name = "Events", Description = "What happened to the teammate's replies, approvals and keys." },
        new() { Name = "Hooks", Description = "Addresses at which other systems hand the teammate work." },
        new() { Name = "Key", Description = "The key itself." },
        new() { Name = "Webhooks", Description = "Where the teammate's events are sent, and how that goes. Admins add endpoints; a key reads." },
    ];

    /// <inheritdoc/>
    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        // Without a setting the generator has filled in the address of the request.
        var address = (portal.Value.PublicUrl ?? document.Servers?.FirstOrDefault()?.Url ?? "").TrimEnd('/');
        document.Servers = [new OpenApiServer { Url = address, Description = "This installation." }];
        document.Info = new OpenApiInfo
        {
            Title = "AImetier Portal",
            Version = "1",
            Summary = "Lets your own software ask an AI teammate for work.",
            Description =
                """
                A key belongs to one teammate and is sent as `Authorization: Bearer hclip_…`, and in no other way. An admin makes and revokes keys in Settings > Developer.

                Ids are opaque. Times are UTC. v1 only adds: ignore fields, states and types of events that you do not know. Errors are problem details (RFC 9457); compare `code`.
                """,
            Contact = new() { Name = "The admins of this Portal", Url = new Uri(address + "/settings/developer") },
            License = new() { Name = "MIT", Identifier = "MIT" },
        };
        document.Tags = new HashSet<OpenApiTag>(Tags);
        document.AddComponent<IOpenApiSecurityScheme>(Scheme, new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = "bearer",
            BearerFormat = "hclip_…",
            Description = "A key of one teammate.",
        });
        document.AddComponent<IOpenApiSecurityScheme>(StandardScheme, Signature(
            WebhookSignature.SignatureHeader, "`v1,` and base64 of the HMAC-SHA256 over `id.timestamp.body`, with the secret of an incoming address. Standard Webhooks 1.0."));
        document.AddComponent<IOpenApiSecurityScheme>(GitHubScheme, Signature(
            GitHubSignature.Header, "`sha256=` and the hexadecimal HMAC-SHA256 over the body, with the secret of an incoming address."));
        document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Scheme, document)] = [] }];
        foreach (var (name, header) in ReferenceHeaders.All)
            document.AddComponent<IOpenApiHeader>(name, header);
        foreach (var code in ApiProblem.All.Keys.Where(code => code is not ("method_not_allowed" or "model_not_found" or "foreign_origin")).Order(StringComparer.Ordinal))
            document.AddComponent<IOpenApiExample>(code, ReferenceProblems.Example(code, address));

        // An operation has its method, so no operation has this problem; it stands with the schema. The other left out is of the OpenAI-compatible door.
        if (document.Components!.Schemas![ReferenceSchemas.NameOf(typeof(ApiProblem.Body))] is OpenApiSchema problem)
            problem.Examples = [ReferenceProblems.Example("method_not_allowed", address).Value!];
        return Task.CompletedTask;
    }

    /// <summary>What an operation asks for that takes a key or a signature.</summary>
    /// <param name="document">Has the schemes.</param>
    internal static List<OpenApiSecurityRequirement> AnyProof(OpenApiDocument document) =>
        [.. new[] { Scheme, StandardScheme, GitHubScheme }.Select(scheme => new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(scheme, document)] = [] })];

    private static OpenApiSecurityScheme Signature(string header, string description) =>
        new() { Type = SecuritySchemeType.ApiKey, In = ParameterLocation.Header, Name = header, Description = description };

    /// <summary>A reference to the schema of a type that no handler shows the generator.</summary>
    /// <param name="document">Gets the schema as a component.</param>
    /// <param name="type">The type.</param>
    /// <param name="create">Makes the schema.</param>
    internal static async Task<OpenApiSchemaReference> ReferAsync(OpenApiDocument document, Type type, Func<Type, Task<OpenApiSchema>> create)
    {
        var name = ReferenceSchemas.NameOf(type);
        if (document.Components?.Schemas?.ContainsKey(name) != true)
            document.AddComponent<IOpenApiSchema>(name, await create(type));
        return new OpenApiSchemaReference(name, document);
    }
}
