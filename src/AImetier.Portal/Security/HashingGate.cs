namespace AImetier.Portal.Security;

/// <summary>
/// Bounds expensive hashing: few runs at once, a short queue, sources served in turn. A new source finds room even when another has
/// filled the queue: the newest waiter of the longest line gives way. Keys and passwords have a gate each.
/// </summary>
/// <param name="parallel">Runs at once, at least 1.</param>
/// <param name="longestQueue">Waiters in all, at least 1.</param>
public class HashingGate(int parallel, int longestQueue)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, LinkedList<TaskCompletionSource<bool>>> _lines = new(StringComparer.Ordinal);
    private readonly Queue<string> _turns = new();
    private int _running;
    private int _waiting;

    /// <summary>Runs begun since the process started.</summary>
    public long Runs => Interlocked.Read(ref _runs);

    private long _runs;

    /// <summary>
    /// Lets the thread pool have a thread for each core beside those that hashing occupies, at once: it would else give all it has to a run and
    /// the next ones, and add one only now and then, while requests wait for seconds. At the start, once. A lower most that is configured for the
    /// pool stays.
    /// </summary>
    /// <param name="threads">Threads that all gates together can occupy: runs at once, times lanes of each.</param>
    public static void ReserveThreads(int threads)
    {
        ThreadPool.GetMinThreads(out var workers, out var completionPorts);
        ThreadPool.SetMinThreads(Math.Max(workers, Environment.ProcessorCount + threads), completionPorts);
    }

    /// <summary>Waits for a turn. Dispose the pass after the run.</summary>
    /// <param name="source">Who asks: an address, or a fixed word for acts of signed-in people.</param>
    /// <param name="cancellationToken">Leaves the queue.</param>
    /// <returns>A pass, or null when the queue is full.</returns>
    public async Task<IDisposable?> EnterAsync(string source, CancellationToken cancellationToken)
    {
        TaskCompletionSource<bool> turn;
        lock (_lock)
        {
            if (_running < parallel)
            {
                _running++;
                _runs++;
                return new Pass(this);
            }

            if (_waiting >= longestQueue && !MakeRoomFor(source))
                return null;
            turn = Join(source);
        }

        await using var registration = cancellationToken.Register(() => turn.TrySetCanceled(cancellationToken));
        return await turn.Task ? new Pass(this) : null;
    }

    private TaskCompletionSource<bool> Join(string source)
    {
        var turn = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        if (!_lines.TryGetValue(source, out var line))
        {
            _lines[source] = line = [];
            _turns.Enqueue(source);
        }

        line.AddLast(turn);
        _waiting++;
        return turn;
    }

    private bool MakeRoomFor(string source)
    {
        var longest = _lines.Values.MaxBy(line => line.Count)!;
        var own = _lines.TryGetValue(source, out var mine) ? mine.Count : 0;
        if (longest.Count <= own + 1)
            return false;

        var newest = longest.Last!.Value;
        longest.RemoveLast();
        _waiting--;
        newest.TrySetResult(false);
        return true;
    }

    private void Leave()
    {
        lock (_lock)
        {
            while (_turns.TryDequeue(out var source))
            {
                var line = _lines[source];
                if (line.Count == 0)
                {
                    _lines.Remove(source);
                    continue;
                }

                var next = line.First!.Value;
                line.RemoveFirst();
                _waiting--;
                _turns.Enqueue(source);
                if (!next.TrySetResult(true))
                    continue;
                _runs++;
                return;
            }

            _running--;
        }
    }

    private sealed class Pass(HashingGate gate) : IDisposable
    {
        private int _left;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _left, 1) == 0)
                gate.Leave();
        }
    }
}
