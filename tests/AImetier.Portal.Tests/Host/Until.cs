namespace AImetier.Portal.Tests.Host;

/// <summary>
/// Waits for what happens beside the test, while the Portal's clock goes on: quickly at first, so that its next look comes soon, then no faster
/// than a real clock. So on a busy machine no limit of the Portal passes before the work under it has had its time.
/// </summary>
public static class Until
{
    /// <summary>Longest wait for anything, in real time: long enough for a busy machine.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Ahead = TimeSpan.FromSeconds(10);

    /// <summary>Waits until something holds.</summary>
    /// <param name="portal">Whose clock goes on.</param>
    /// <param name="holds">Asked again and again.</param>
    /// <param name="ahead">How much of the Portal's time may pass quickly; more than the usual 10 seconds where the test waits for a limit to pass.</param>
    public static async Task TrueAsync(this PortalHost portal, Func<Task<bool>> holds, TimeSpan? ahead = null)
    {
        var began = TimeProvider.System.GetTimestamp();
        var passed = TimeSpan.Zero;
        while (!await holds())
        {
            var elapsed = TimeProvider.System.GetElapsedTime(began);
            if (elapsed > Longest)
                throw new TimeoutException("It did not come to hold.");
            var step = TimeSpan.FromTicks(Math.Clamp((elapsed + (ahead ?? Ahead) - passed).Ticks, 0, Step.Ticks));
            portal.Clock.Advance(step);
            passed += step;
            await Task.Delay(Pause, TimeProvider.System);
        }
    }

    /// <summary>
    /// Waits for what the Portal promises within a second, by its clock. A timer that it had not set yet when the second passed gets one more, never a third.
    /// </summary>
    /// <param name="portal">Whose clock goes on.</param>
    /// <param name="task">What is waited for.</param>
    public static async Task SoonAsync(this PortalHost portal, Task task)
    {
        for (var second = 0; second < 2 && !task.IsCompleted; second++)
        {
            portal.Clock.Advance(TimeSpan.FromSeconds(1));
            await Task.WhenAny(task, Task.Delay(Longest / 2, TimeProvider.System));
        }

        await task.WaitAsync(TimeSpan.Zero);
    }

    /// <summary>Waits for what the Portal promises within a second, as above.</summary>
    /// <param name="portal">Whose clock goes on.</param>
    /// <param name="task">What is waited for.</param>
    public static async Task<T> SoonAsync<T>(this PortalHost portal, Task<T> task)
    {
        await portal.SoonAsync((Task)task);
        return await task;
    }

    /// <summary>Waits for a task.</summary>
    /// <param name="portal">Whose clock goes on.</param>
    /// <param name="task">What is waited for.</param>
    /// <param name="ahead">How much of the Portal's time may pass quickly, as above.</param>
    public static async Task<T> DoneAsync<T>(this PortalHost portal, Task<T> task, TimeSpan? ahead = null)
    {
        await portal.TrueAsync(() => Task.FromResult(task.IsCompleted), ahead);
        return await task;
    }
}
