using System.Collections.Concurrent;
using AImetier.Portal.Features.Connectors;

namespace AImetier.Portal.Tests.Approvals.Modeling;

/// <summary>A way out that leads nowhere, remembers everything that was to leave, and ends as the next step wants.</summary>
internal sealed class RecordingChannel(TimeProvider time) : IOutwardChannel
{
    private TaskCompletionSource _entered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource<SendOutcome>? _held;

    /// <summary>What was to leave since the last look.</summary>
    public ConcurrentQueue<(string ApprovalId, string Hash, DateTimeOffset At)> Sends { get; } = new();

    /// <summary>How the next tries end.</summary>
    public Ending Next { get; private set; }

    /// <summary>Says how the next tries end.</summary>
    /// <returns>Ends when a try has begun.</returns>
    public Task Prepare(Ending ending)
    {
        Next = ending;
        _held = null;
        _entered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return _entered.Task;
    }

    /// <summary>Takes the try that hangs, to end it later or never.</summary>
    public TaskCompletionSource<SendOutcome>? TakeHeld() => Interlocked.Exchange(ref _held, null);

    public static SendOutcome OutcomeOf(Ending ending) => ending switch
    {
        Ending.Sent => new SendOutcome.Sent(),
        Ending.Saved => new SendOutcome.Saved(),
        Ending.Failed => new SendOutcome.Failed(SendFailure.Unreachable, "No route to host"),
        Ending.NotConnected => new SendOutcome.NotConnected(),
        _ => new SendOutcome.Uncertain(),
    };

    public Task<ChannelState> StateAsync(CancellationToken cancellationToken) => Task.FromResult(ChannelState.Practice);

    public async Task<SendOutcome> SendAsync(string approvalId, EmailContent content, CancellationToken cancellationToken)
    {
        if (Next != Ending.NotConnected)
            Sends.Enqueue((approvalId, EmailContent.HashOf(content.ToJson()), time.GetUtcNow()));
        switch (Next)
        {
            case Ending.Throws:
                throw new InvalidOperationException("This channel broke, as the step wanted.");
            case Ending.Hangs:
                var held = new TaskCompletionSource<SendOutcome>(TaskCreationOptions.RunContinuationsAsynchronously);
                _held = held;
                _entered.TrySetResult();
                return await held.Task;
            default:
                return OutcomeOf(Next);
        }
    }
}
