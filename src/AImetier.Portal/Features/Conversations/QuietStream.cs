using System.Runtime.CompilerServices;

namespace AImetier.Portal.Features.Conversations;

/// <summary>Notices when a sequence is quiet.</summary>
internal static class QuietStream
{
    /// <summary>The same sequence; while nothing comes for a while, something else is done, again and again.</summary>
    /// <param name="source">The sequence.</param>
    /// <param name="whenQuiet">What to do.</param>
    /// <param name="quiet">After how long.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async IAsyncEnumerable<T> WithQuiet<T>(
        this IAsyncEnumerable<T> source, Func<Task> whenQuiet, TimeSpan quiet, TimeProvider time, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await using var items = source.GetAsyncEnumerator(over.Token);
        while (true)
        {
            var next = items.MoveNextAsync().AsTask();
            while (!next.IsCompleted)
            {
                using var wait = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
                var first = await Task.WhenAny(next, Task.Delay(quiet, time, wait.Token));
                await wait.CancelAsync();
                if (first != next && !cancellationToken.IsCancellationRequested)
                    await DoAsync(whenQuiet, next, over);
                else if (first != next)
                    break;
            }

            if (!await next)
                yield break;
            yield return items.Current;
        }
    }

    // A sequence cannot be left while its next element is waited for.
    private static async Task DoAsync(Func<Task> whenQuiet, Task next, CancellationTokenSource over)
    {
        try
        {
            await whenQuiet();
        }
        catch
        {
            await over.CancelAsync();
            await next.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }
    }
}
