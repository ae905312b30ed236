using System.Text.Json;
using System.Text.Json.Nodes;

namespace AImetier.Portal.Features.Events;

/// <summary>An event as everybody outside sees it: the body of a webhook and the data of a stream.</summary>
public static class EventBody
{
    /// <summary>The JSON text of an event.</summary>
    /// <param name="row">The stored event.</param>
    /// <remarks>Standard Webhooks 1.0, "Payload structure".</remarks>
    public static string TextOf(OutboxEvent row) => Of(row).ToJsonString(JsonSerializerOptions.Web);

    /// <summary>An event in a list: the same with its id.</summary>
    /// <param name="row">The stored event.</param>
    public static JsonObject WithIdOf(OutboxEvent row)
    {
        var body = Of(row);
        body.Insert(0, "id", row.Id);
        return body;
    }

    private static JsonObject Of(OutboxEvent row) => new()
    {
        ["type"] = row.Type,
        ["timestamp"] = row.At.UtcDateTime,
        ["data"] = JsonNode.Parse(row.Data),
    };
}
