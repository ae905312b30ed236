using Microsoft.Extensions.AI;

namespace AImetier.Portal.Features.Conversations;

/// <summary>The model with its tools called for it, in bounds: a model that never stops calling, or calls what does not exist, is brought to an end.</summary>
public sealed class ToolCallingModel : IDisposable
{
    private const int MostTurns = 8;
    private const int MostFailedTurns = 3;
    private readonly FunctionInvokingChatClient _client;

    /// <summary>Wraps the model.</summary>
    /// <param name="model">The model.</param>
    public ToolCallingModel(IChatClient model)
    {
        // No logger: it would write what is said.
        _client = new FunctionInvokingChatClient(model)
        {
            MaximumIterationsPerRequest = MostTurns,
            MaximumConsecutiveErrorsPerRequest = MostFailedTurns,
            AllowConcurrentInvocation = false,
        };
    }

    /// <summary>Streams an answer; the calls of tools and their results are in it, in order.</summary>
    /// <param name="messages">What the model is told.</param>
    /// <param name="options">Options, with the tools.</param>
    /// <param name="cancellationToken">Stops the model.</param>
    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions options, CancellationToken cancellationToken) =>
        _client.GetStreamingResponseAsync(messages, options, cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();
}
