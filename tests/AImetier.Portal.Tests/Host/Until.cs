namespace AImetier.Portal.Tests.Host;

/// <summary>Waits for what happens beside the test.</summary>
public static class Until
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>Waits until something holds; the Portal's clock goes on meanwhile, by a quarter of a second a look.</summary>
    public static async Task TrueAsync(this PortalHost portal, Func<Task<bool>> holds)
    {
        var end = TimeProvider.System.GetTimestamp();
        while (!await holds())
        {
            if (TimeProvider.System.GetElapsedTime(end) > Longest)
                throw new TimeoutException("It did not come to hold.");
            portal.Clock.Advance(TimeSpan.FromMilliseconds(250));
            await Task.Delay(Pause, TimeProvider.System);
        }
    }

    /// <summary>Waits for a task; the Portal's clock goes on meanwhile.</summary>
    public static async Task<T> DoneAsync<T>(this PortalHost portal, Task<T> task)
    {
        await portal.TrueAsync(() => Task.FromResult(task.IsCompleted));
        return await task;
    }
}
