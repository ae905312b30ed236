namespace AImetier.Portal.Features.ApiTokens;

/// <summary>
/// Makes checks together that would otherwise wait for a thread one by one: one read transaction for all of them, begun when all have arrived,
/// and code and pages that are at hand from one to the next. The busier the Portal is, the cheaper a check becomes.
/// </summary>
/// <param name="now">Begins the moment in which the rows of some checks are read.</param>
internal sealed class TokenCheckQueue(Func<TokenRowReader.Moment> now) : IThreadPoolWorkItem
{
    // So many share a moment: beyond that, little is gained, and the last would wait for the first.
    private const int MostTogether = 64;
    private readonly Lock _lock = new();
    private readonly List<Turn> _turns = [];

    /// <summary>Whether other work waits for a thread just now, so that a check is likely to find company.</summary>
    public static bool IsWorthwhile => ThreadPool.PendingWorkItemCount > 0;

    /// <summary>Makes a check with the others that wait.</summary>
    /// <param name="check">The check. It must not block; what it has to wait for is in the task that it returns.</param>
    /// <returns>What the check returned, or why it could not be made.</returns>
    public Task<Task<TokenCheck>> RunAsync(Func<TokenRowReader.Moment, Task<TokenCheck>> check)
    {
        // What follows a check is left to the pool: done here, it would keep the other checks waiting.
        var turn = new Turn(check, new TaskCompletionSource<Task<TokenCheck>>(TaskCreationOptions.RunContinuationsAsynchronously));
        bool first;
        lock (_lock)
        {
            first = _turns.Count == 0;
            _turns.Add(turn);
        }

        // Behind what waits already, which may be requests with keys, too.
        if (first)
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        return turn.Outcome.Task;
    }

    /// <inheritdoc/>
    public void Execute()
    {
        List<Turn> turns;
        bool more;
        lock (_lock)
        {
            turns = _turns.GetRange(0, Math.Min(_turns.Count, MostTogether));
            _turns.RemoveRange(0, turns.Count);
            more = _turns.Count > 0;
        }

        if (more)
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);

        try
        {
            // The moment comes after the last of them has arrived: each sees what was committed before it came.
            using var moment = now();
            foreach (var turn in turns)
                turn.Run(moment);
        }
        catch (Exception e)
        {
            foreach (var turn in turns)
                turn.Outcome.TrySetException(e);
        }
    }

    private readonly record struct Turn(Func<TokenRowReader.Moment, Task<TokenCheck>> Check, TaskCompletionSource<Task<TokenCheck>> Outcome)
    {
        public void Run(TokenRowReader.Moment moment)
        {
            try
            {
                Outcome.SetResult(Check(moment));
            }
            catch (Exception e)
            {
                Outcome.SetException(e);
            }
        }
    }
}
