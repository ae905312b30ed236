using System.Text.Json;
using System.Text.Json.Nodes;

namespace AImetier.Portal.Features.Webhooks;

/// <summary>How a body differs from the one that was sent.</summary>
/// <param name="Place">First character that differs, from 1.</param>
/// <param name="SaysTheSame">Whether it is the same JSON written in another way: something read it and wrote it again.</param>
public sealed record BodyDifference(int Place, bool SaysTheSame)
{
    /// <summary>Compares, or null when they are the same.</summary>
    /// <param name="sent">What was sent.</param>
    /// <param name="got">What arrived.</param>
    public static BodyDifference? Of(string sent, string got) =>
        string.Equals(sent, got, StringComparison.Ordinal) ? null : new BodyDifference(sent.AsSpan().CommonPrefixLength(got) + 1, IsSameJson(sent, got));

    private static bool IsSameJson(string sent, string got)
    {
        try
        {
            return JsonNode.DeepEquals(JsonNode.Parse(sent), JsonNode.Parse(got));
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            // An object that names a field twice is ArgumentException.
            return false;
        }
    }
}
