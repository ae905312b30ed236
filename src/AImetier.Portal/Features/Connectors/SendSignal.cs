namespace AImetier.Portal.Features.Approvals;

/// <summary>Wakes the sender of this process when something was approved; others notice within a second.</summary>
public sealed class SendSignal
{
    private TaskCompletionSource _set = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Wakes the sender.</summary>
    public void Set() => Interlocked.Exchange(ref _set, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();

    /// <summary>Ends at the next <see cref="Set"/>. Taken before looking for work, so that nothing is missed.</summary>
    public Task Next => Volatile.Read(ref _set).Task;
}
