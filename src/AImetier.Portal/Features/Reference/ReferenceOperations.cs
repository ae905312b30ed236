using System.Globalization;
using AImetier.Portal.Features.Idempotency;
using AImetier.Portal.Features.Shared;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace AImetier.Portal.Features.Reference;

/// <summary>Completes an operation: parameters, body, headers and problems.</summary>
public sealed class ReferenceOperations : IOpenApiOperationTransformer
{
    /// <inheritdoc/>
    public async Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var document = context.Document ?? throw new InvalidOperationException("An operation is described without its document.");
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        AddParameters(operation, context);
        if (metadata.OfType<JsonRequest>().LastOrDefault() is { } request)
        {
            var schema = await ReferenceDocument.ReferAsync(document, request.Type, type => context.GetOrCreateSchemaAsync(type, null, cancellationToken));
            operation.RequestBody = new OpenApiRequestBody
            {
                Description = "JSON in UTF-8, at most 1 MiB. Fields that are not known are ignored.",
                Required = true,
                Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
                {
                    [AcceptHeader.Json] = new() { Schema = schema, Example = ReferenceExamples.Ask() },
                },
            };
        }

        if (metadata.OfType<BodyTypes>().LastOrDefault() is { } body)
        {
            operation.RequestBody = new OpenApiRequestBody
            {
                Description = "In UTF-8, at most 1 MiB. What it holds is up to the sender and to the template of the address.",
                Required = true,
                Content = body.ContentTypes.ToDictionary(type => type, _ => new OpenApiMediaType { Schema = new OpenApiSchema() }, StringComparer.Ordinal),
            };
            operation.Security = ReferenceDocument.AnyProof(document);
        }

        DescribeAnswers(operation, document, context);
        var problem = await ReferenceDocument.ReferAsync(document, typeof(ApiProblem.Body), type => context.GetOrCreateSchemaAsync(type, null, cancellationToken));
        AddProblems(operation, document, problem, metadata.OfType<ProblemCodes>().SelectMany(problems => problems.Codes).Distinct(StringComparer.Ordinal));
    }

    private static void AddParameters(OpenApiOperation operation, OpenApiOperationTransformerContext context)
    {
        var isList = context.Description.SupportedResponseTypes.Any(answer =>
            answer.Type is { IsGenericType: true } type && type.GetGenericTypeDefinition() == typeof(ListAnswer<>));
        operation.Parameters =
        [
            .. ReferenceParameters.InPath.Keys.Where(name => context.Description.RelativePath!.Contains($"{{{name}}}", StringComparison.Ordinal)).Select(ReferenceParameters.Path),
            .. isList ? ReferenceParameters.OfLists() : [],
            .. ReferenceParameters.Of(operation.OperationId),
        ];
    }

    private static void DescribeAnswers(OpenApiOperation operation, OpenApiDocument document, OpenApiOperationTransformerContext context)
    {
        foreach (var (status, answer) in operation.Responses!)
        {
            if (answer is not OpenApiResponse response)
                continue;
            ReferenceHeaders.Add(response, document, [ReferenceHeaders.RequestId, .. ReferenceHeaders.Limits]);
            if (response.Content?.TryGetValue(AcceptHeader.Json, out var json) == true)
                json.Example = ReferenceExamples.Answer(context.Description.SupportedResponseTypes.First(answer => answer.StatusCode.ToString(CultureInfo.InvariantCulture) == status).Type);
            if (response.Content?.TryGetValue(EventStreamWriter.ContentType, out var stream) == true)
                stream.Schema = new OpenApiSchema { Type = JsonSchemaType.String, Description = "Server-sent events; the operation's description says which." };
            var isAsk = operation.OperationId == "askTeammate";
            response.Description = (isAsk, status) switch
            {
                (true, "200") => "The question, the whole reply, and what waits for approval.",
                (true, "202") => "The work goes on; `reply` is what there is so far.",
                (false, "202") => "Taken. The work goes on.",
                (_, "204") => "Done.",
                _ => "What was asked for.",
            };
            if (isAsk && status == "202")
                ReferenceHeaders.Add(response, document, ReferenceHeaders.Location, ReferenceHeaders.RetryAfter, ReferenceHeaders.PreferenceApplied);
            else if (isAsk)
                ReferenceHeaders.Add(response, document, RepeatableRequest.ReplayedHeader);
            if (operation.OperationId is "sendToHook")
                ReferenceHeaders.Add(response, document, ReferenceHeaders.Location, RepeatableRequest.ReplayedHeader);
            if (operation.OperationId is "getMessage" or "stopMessage" && status == "200")
                ReferenceHeaders.Add(response, document, ReferenceHeaders.RetryAfter);
        }
    }

    private static void AddProblems(OpenApiOperation operation, OpenApiDocument document, IOpenApiSchema schema, IEnumerable<string> codes)
    {
        foreach (var group in codes.GroupBy(code => ApiProblem.All[code].Status).OrderBy(group => group.Key))
        {
            var response = new OpenApiResponse
            {
                Description = string.Join(" ", group.Select(code => $"{ApiProblem.All[code].Title} (`{code}`).")),
                Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
                {
                    [ReferenceProblems.ContentType] = new()
                    {
                        Schema = schema,
                        Examples = group.ToDictionary(code => code, code => (IOpenApiExample)new OpenApiExampleReference(code, document), StringComparer.Ordinal),
                    },
                },
            };
            ReferenceHeaders.Add(response, document, ReferenceHeaders.RequestId);
            if (group.Key is StatusCodes.Status401Unauthorized)
                ReferenceHeaders.Add(response, document, ReferenceHeaders.Authenticate);
            else
                ReferenceHeaders.Add(response, document, ReferenceHeaders.Limits);
            if (group.Any(ReferenceProblems.WithRetry.Contains))
                ReferenceHeaders.Add(response, document, ReferenceHeaders.RetryAfter);
            operation.Responses![group.Key.ToString(CultureInfo.InvariantCulture)] = response;
        }
    }
}
