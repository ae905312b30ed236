using System.Runtime.CompilerServices;
using AImetier.Portal.Features.Shared;
using Microsoft.Extensions.AI;

namespace AImetier.Portal.Features.ChatModels;

/// <summary>
/// The built-in practice model: deterministic, offline, always labeled. It answers in the name and role of
/// <see cref="TeammateProperties"/> and obeys the commands of <see cref="PracticeCommand"/> in the last question.
/// A question that wants e-mails calls <see cref="KnownTools.SendEmail"/> first, where the options hold it, and then says what the tool answered.
/// </summary>
/// <param name="time">Clock of <c>[slow n]</c>.</param>
public sealed class PracticeChatClient(TimeProvider time) : IChatClient
{
    private const int PieceLength = 48;
    private static readonly ChatClientMetadata Metadata = new("aimetier", defaultModelId: ModelInfo.Practice.Name);

    /// <inheritdoc/>
    public async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        await GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    /// <inheritdoc/>
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        IReadOnlyList<ChatMessage> told = [.. messages];
        var asked = told.Where(message => message.Role == ChatRole.User).Select(message => message.Text).ToList();

        // What a program sends along of earlier is not asked again.
        var request = EarlierMessages.QuestionOf(asked.LastOrDefault() ?? "");
        var (name, role) = (Property(options, TeammateProperties.Name), Property(options, TeammateProperties.Role));
        var results = PracticeEmailResult.Of(told);
        if (results.Count == 0 && CanSend(options) && PracticeEmails.Of(request, name) is { Count: > 0 } emails)
        {
            yield return Propose(emails, asked.Count);
            yield break;
        }

        var command = PracticeCommand.Of(request);
        if (command.Fails)
            throw new ModelFailedException(ModelFailureKind.Failed);

        var answer = results.Count > 0
            ? PracticeAnswer.Report(name, role, request, results)
            : PracticeAnswer.Write(name, role, request, asked.Count > 1 ? asked[^2] : null);
        var id = $"practice-{asked.Count}";
        var count = command.SlowSeconds > 0 ? command.SlowSeconds : (answer.Length + PieceLength - 1) / PieceLength;
        foreach (var piece in Pieces(answer, count))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (command.SlowSeconds > 0)
                await Task.Delay(TimeSpan.FromSeconds(1), time, cancellationToken);
            yield return new ChatResponseUpdate(ChatRole.Assistant, piece) { MessageId = id, ModelId = ModelInfo.Practice.Name };
        }
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is not null ? null
        : serviceType == typeof(ChatClientMetadata) ? Metadata
        : serviceType.IsInstanceOfType(this) ? this
        : null;

    /// <summary>Nothing to free.</summary>
    public void Dispose()
    {
    }

    private static bool CanSend(ChatOptions? options) =>
        options?.Tools?.Any(tool => string.Equals(tool.Name, KnownTools.SendEmail, StringComparison.Ordinal)) == true;

    private static ChatResponseUpdate Propose(IReadOnlyList<PracticeEmail> emails, int turn)
    {
        var calls = emails.Select((email, index) => new FunctionCallContent(
            $"practice-{turn}-{index + 1}",
            KnownTools.SendEmail,
            new Dictionary<string, object?>(StringComparer.Ordinal) { ["to"] = email.To, ["subject"] = email.Subject, ["body"] = email.Body }));
        return new ChatResponseUpdate(ChatRole.Assistant, [.. calls])
        {
            MessageId = $"practice-{turn}-emails",
            ModelId = ModelInfo.Practice.Name,
            FinishReason = ChatFinishReason.ToolCalls,
        };
    }

    private static string Property(ChatOptions? options, string key) =>
        options?.AdditionalProperties?.TryGetValue(key, out var value) == true && value is string text
            ? text
            : throw new ArgumentException($"The options lack '{key}'.", nameof(options));

    // Evenly many characters each, but never a cut between the two halves of a surrogate pair, so that every piece is text of its own.
    private static IEnumerable<string> Pieces(string text, int count)
    {
        var at = 0;
        for (var piece = 1; piece <= count; piece++)
        {
            var end = (int)((long)text.Length * piece / count);
            if (end < text.Length && char.IsLowSurrogate(text[end]))
                end++;
            yield return text[at..end];
            at = end;
        }
    }
}
