namespace AImetier.Portal.Features.Connectors;

/// <summary>Wakes the sender of this process when there is something to send, or a new way to send it; other processes notice within a second.</summary>
public sealed class SendSignal
{
    private TaskCompletionSource _set = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Wakes the sender.</summary>
    public void Set() => Interlocked.Exchange(ref _set, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();

    /// <summary>Ends at the next <see cref="Set"/>. Taken before looking for work, so that nothing is missed.</summary>
    public Task Next => Volatile.Read(ref _set).Task;
}
