using System.Runtime.CompilerServices;
using AImetier.Portal.Features.ChatModels;
using Microsoft.Extensions.AI;

namespace AImetier.Portal.Tests.Conversations;

/// <summary>
/// The practice model, but a question with <c>[hold]</c> waits until the test lets it go, one with <c>[failonce]</c> fails the first time; and the
/// test can read what it was told.
/// </summary>
public sealed class HeldModel(TimeProvider time) : IChatClient
{
    private readonly PracticeChatClient _practice = new(time);
    private readonly SemaphoreSlim _held = new(0);
    private TaskCompletionSource _letGo = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private bool _failed;

    public IReadOnlyList<ChatMessage> LastTold { get; private set; } = [];

    public Task WaitUntilHeldAsync() => _held.WaitAsync(TimeSpan.FromSeconds(30));

    public void LetGo() => Interlocked.Exchange(ref _letGo, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        LastTold = [.. messages];
        if (LastTold[^1].Text.Contains("[hold]", StringComparison.Ordinal))
        {
            var letGo = _letGo.Task;
            _held.Release();
            await letGo.WaitAsync(cancellationToken);
        }

        if (LastTold[^1].Text.Contains("[failonce]", StringComparison.Ordinal) && Interlocked.Exchange(ref _failed, true) is false)
            throw new ModelFailedException(ModelFailureKind.Failed);

        await foreach (var update in _practice.GetStreamingResponseAsync(LastTold, options, cancellationToken))
            yield return update;
    }

    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
        _practice.Dispose();
        _held.Dispose();
    }
}
