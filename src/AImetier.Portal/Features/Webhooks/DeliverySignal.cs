namespace AImetier.Portal.Features.Webhooks;

/// <summary>Wakes the sender of this process when deliveries have become due; others notice within a second.</summary>
public sealed class DeliverySignal
{
    private TaskCompletionSource _set = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Wakes the sender.</summary>
    public void Set() => Interlocked.Exchange(ref _set, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();

    /// <summary>Ends at the next <see cref="Set"/>. Taken before looking for work, so that nothing is missed.</summary>
    public Task Next => Volatile.Read(ref _set).Task;
}
