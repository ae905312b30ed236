using System.Text.Json;
using System.Text.Json.Nodes;

namespace AImetier.Portal.Features.Events;

/// <summary>An event as everybody outside sees it: the body of a webhook and the data of a stream.</summary>
public static class EventBody
{
    /// <summary>The JSON text of an event.</summary>
    /// <param name="row">The stored event.</param>
    public static string TextOf(OutboxEvent row) =>
        JsonSerializer.Serialize(new EventJson<JsonObject>(row.Type, row.At.UtcDateTime, DataOf(row)), JsonSerializerOptions.Web);

    /// <summary>An event in a list: the same with its id.</summary>
    /// <param name="row">The stored event.</param>
    public static ListedEventJson WithIdOf(OutboxEvent row) => new(row.Id, row.Type, row.At.UtcDateTime, DataOf(row));

    private static JsonObject DataOf(OutboxEvent row) => JsonNode.Parse(row.Data)!.AsObject();
}
