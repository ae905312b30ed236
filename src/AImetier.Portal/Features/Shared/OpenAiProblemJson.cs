using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace AImetier.Portal.Features.Shared;

/// <summary>Serializes problems of the OpenAI-compatible door; <c>param</c> stands there as null too.</summary>
[JsonSerializable(typeof(OpenAiProblem.Body))]
internal sealed partial class OpenAiProblemJson : JsonSerializerContext
{
    /// <summary>Quotes stay quotes: the answer is JSON that no browser takes for a page (nosniff).</summary>
    public static OpenAiProblemJson Readable { get; } = new(new JsonSerializerOptions(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
