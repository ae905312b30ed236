using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace AImetier.Portal.Tests.Reference.Samples;

/// <summary>
/// Compares what a page shows with what came. <c>…</c> stands for any text, and in an object <c>"…": "…"</c> for further fields; times and Unix times
/// may be others; everything else must be the same, and no field may be there that is not shown.
/// </summary>
internal static class AnswerCheck
{
    private const string Anything = "…";
    private const long FirstUnixTime = 1_000_000_000;

    /// <summary>What differs.</summary>
    public static IEnumerable<string> Problems(Fence shown, string came) => shown.Language switch
    {
        "json" => Json(JsonNode.Parse(shown.Code), Parse(came), "$"),
        "http" => Http(shown.Code, came),
        _ => Fits(shown.Code.Trim(), came.Trim()) ? [] : [$"shown: {shown.Code.Trim()}\ncame: {came.Trim()}"],
    };

    private static IEnumerable<string> Http(string shown, string came)
    {
        var (shownHead, shownBody) = Split(shown);
        var (head, body) = Split(came);
        if (!head[0].Trim().Equals(shownHead[0], StringComparison.Ordinal))
            yield return $"{shownHead[0]} is shown, {head[0].Trim()} came";
        foreach (var header in shownHead.Skip(1))
        {
            if (!head.Skip(1).Any(line => Fits(header, line.Trim())))
                yield return $"{header} did not come";
        }

        if (shownBody.Length == 0)
            yield break;
        foreach (var problem in Json(JsonNode.Parse(shownBody), Parse(body), "$"))
            yield return problem;
    }

    private static (string[] Head, string Body) Split(string message)
    {
        var parts = message.ReplaceLineEndings("\n").Split("\n\n", 2);
        return (parts[0].Split('\n'), parts.Length > 1 ? parts[1] : "");
    }

    private static IEnumerable<string> Json(JsonNode? shown, JsonNode? came, string place)
    {
        if (shown is null && came is null)
            return [];
        if (shown?.GetValueKind() != came?.GetValueKind())
            return [$"{place} is {came?.ToJsonString() ?? "null"}"];
        return shown switch
        {
            JsonObject fields => Fields(fields, came!.AsObject(), place),
            JsonArray items => Items(items, came!.AsArray(), place),
            _ => Same(shown!.AsValue(), came!.AsValue()) ? [] : [$"{place} is {came.ToJsonString()}"],
        };
    }

    private static IEnumerable<string> Fields(JsonObject shown, JsonObject came, string place) =>
        shown.Where(field => field.Key != Anything)
            .SelectMany(field => came.ContainsKey(field.Key) ? Json(field.Value, came[field.Key], $"{place}.{field.Key}") : [$"{place}.{field.Key} did not come"])
            .Concat(shown.ContainsKey(Anything) ? [] : came.Where(field => !shown.ContainsKey(field.Key)).Select(field => $"{place}.{field.Key} is not shown"));

    private static IEnumerable<string> Items(JsonArray shown, JsonArray came, string place) =>
        shown.Count != came.Count ? [$"{place} has {came.Count} entries"] : shown.Select((item, index) => Json(item, came[index], $"{place}[{index}]")).SelectMany(found => found);

    private static bool Same(JsonValue shown, JsonValue came)
    {
        if (shown.GetValueKind() is JsonValueKind.String)
            return Fits(shown.GetValue<string>(), came.GetValue<string>()) || (IsTime(shown) && IsTime(came));
        return JsonNode.DeepEquals(shown, came) || (shown.TryGetValue<long>(out var one) && came.TryGetValue<long>(out var other) && one > FirstUnixTime && other > FirstUnixTime);
    }

    private static bool IsTime(JsonValue text) => DateTimeOffset.TryParse(text.GetValue<string>(), CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    // Programs write True or true, as their language has it.
    private static bool Fits(string shown, string came) => Regex.IsMatch(
        came, $"^{string.Join(@"[\s\S]*", shown.Split(Anything).Select(Regex.Escape))}$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(5));

    private static JsonNode? Parse(string came)
    {
        try
        {
            return JsonNode.Parse(came);
        }
        catch (JsonException)
        {
            return JsonValue.Create($"no JSON: {came}");
        }
    }
}
