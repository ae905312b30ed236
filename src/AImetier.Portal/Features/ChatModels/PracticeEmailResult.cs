using System.Text.Json;
using Microsoft.Extensions.AI;

namespace AImetier.Portal.Features.ChatModels;

/// <summary>What the tool answered about an e-mail.</summary>
/// <param name="To">Whom it is for.</param>
/// <param name="Subject">Its subject.</param>
/// <param name="Status"><c>waiting</c>, <c>approved</c> or <c>refused</c>; the key of the sentence.</param>
/// <param name="Why">Why it was refused, as the tool's code words, each the key of a sentence.</param>
/// <param name="Reason">The same in the tool's own sentence, or nothing.</param>
internal sealed record PracticeEmailResult(string To, string Subject, string Status, IReadOnlyList<string> Why, string Reason)
{
    /// <summary>Reads the results that came after the last question.</summary>
    /// <param name="messages">What the model is told.</param>
    public static IReadOnlyList<PracticeEmailResult> Of(IReadOnlyList<ChatMessage> messages)
    {
        var contents = messages.Reverse().TakeWhile(message => message.Role != ChatRole.User).Reverse().SelectMany(message => message.Contents).ToList();
        var calls = contents.OfType<FunctionCallContent>().ToDictionary(call => call.CallId, StringComparer.Ordinal);
        return [.. contents.OfType<FunctionResultContent>().Select(result => Of(calls.GetValueOrDefault(result.CallId), result.Result))];
    }

    private static PracticeEmailResult Of(FunctionCallContent? call, object? result)
    {
        string Argument(string key) => call?.Arguments?.TryGetValue(key, out var value) == true ? value as string ?? "" : "";
        var (status, why, reason) = Read(result);
        return new PracticeEmailResult(Argument("to"), Argument("subject"), status, why, reason);
    }

    // What cannot be read counts as refused: nothing is promised that the tool did not say.
    private static (string Status, IReadOnlyList<string> Why, string Reason) Read(object? result)
    {
        if (result is not JsonElement { ValueKind: JsonValueKind.Object } answer)
            return ("refused", [], result?.ToString() ?? "");
        string Text(string key) => answer.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
        return Text("status") is "waiting" or "approved" ? (Text("status"), [], "") : ("refused", Words(answer), Text("reason"));
    }

    private static IReadOnlyList<string> Words(JsonElement answer) =>
        answer.TryGetProperty("why", out var why) && why.ValueKind == JsonValueKind.Array
            ? [.. why.EnumerateArray().Where(word => word.ValueKind == JsonValueKind.String).Select(word => word.GetString()!)]
            : [];
}
