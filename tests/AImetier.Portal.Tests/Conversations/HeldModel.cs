using System.Runtime.CompilerServices;
using System.Threading.Channels;
using AImetier.Portal.Features.ChatModels;
using AImetier.Portal.Tests.Host;
using Microsoft.Extensions.AI;

namespace AImetier.Portal.Tests.Conversations;

/// <summary>
/// The practice model, but a question with <c>[hold]</c> waits until the test lets it go, one with <c>[failonce]</c> fails the first time; and the
/// test can read what it was told.
/// </summary>
public sealed class HeldModel(TimeProvider time) : IChatClient
{
    private readonly PracticeChatClient _practice = new(time);
    private readonly Channel<Hold> _holds = Channel.CreateUnbounded<Hold>();
    private TaskCompletionSource _letGo = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private bool _failed;

    public IReadOnlyList<ChatMessage> LastTold { get; private set; } = [];

    /// <summary>Waits until one more question is held. One that was let go before anybody waited for it does not count.</summary>
    public async Task WaitUntilHeldAsync()
    {
        while ((await _holds.Reader.ReadAsync().AsTask().WaitAsync(Until.Longest)).Over)
        {
        }
    }

    public void LetGo() => Interlocked.Exchange(ref _letGo, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        LastTold = [.. messages];
        if (LastTold[^1].Text.Contains("[hold]", StringComparison.Ordinal))
        {
            var (letGo, hold) = (_letGo.Task, new Hold());
            _holds.Writer.TryWrite(hold);
            try
            {
                await letGo.WaitAsync(cancellationToken);
            }
            finally
            {
                hold.Over = true;
            }
        }

        if (LastTold[^1].Text.Contains("[failonce]", StringComparison.Ordinal) && Interlocked.Exchange(ref _failed, true) is false)
            throw new ModelFailedException(ModelFailureKind.Failed);

        await foreach (var update in _practice.GetStreamingResponseAsync(LastTold, options, cancellationToken))
            yield return update;
    }

    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose() => _practice.Dispose();

    private sealed class Hold
    {
        public volatile bool Over;
    }
}
