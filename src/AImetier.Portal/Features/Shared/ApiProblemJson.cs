using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace AImetier.Portal.Features.Shared;

/// <summary>Serializes problem details without reflection; absent members are left out.</summary>
[JsonSerializable(typeof(ApiProblem.Body))]
internal sealed partial class ApiProblemJson : JsonSerializerContext
{
    /// <summary>Quotes stay quotes: the answer is JSON that no browser takes for a page (nosniff).</summary>
    public static ApiProblemJson Readable { get; } = new(new JsonSerializerOptions(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
