using System.Text.Json.Serialization;

namespace AImetier.Portal.Features.Shared;

/// <summary>Serializes problem details without reflection; absent members are left out.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ApiProblem.Body))]
internal sealed partial class ApiProblemJson : JsonSerializerContext;
