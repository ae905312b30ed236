namespace AImetier.Portal.Features.Conversations;

/// <summary>Asks once more, inside the transaction of a write that an incoming hook causes, whether the hook still takes work. The feature that holds hooks implements it.</summary>
public interface IHookRecheck
{
    /// <summary>Whether the hook is neither removed nor paused, as of the open transaction.</summary>
    /// <param name="hookId">The hook that causes the write.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    Task<bool> StillOpenAsync(string hookId, CancellationToken cancellationToken);
}
