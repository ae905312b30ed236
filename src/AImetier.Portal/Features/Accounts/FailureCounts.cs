namespace AImetier.Portal.Features.Accounts;

/// <summary>Counts failures by name and says how long the next try must wait. Bounded in size; forgets an hour after the last failure.</summary>
/// <param name="time">The clock.</param>
/// <param name="free">The failure after which the first wait comes, at least 1.</param>
public sealed class FailureCounts(TimeProvider time, int free)
{
    private const int MostNames = 10_000;
    private const int FirstWait = 3;
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Remembered = TimeSpan.FromHours(1);
    private readonly Dictionary<string, (int Count, DateTimeOffset Last)> _counts = new(StringComparer.Ordinal);

    /// <summary>Names remembered now.</summary>
    public int Names => _counts.Count;

    /// <summary>The wait that is left: none at first, then 8 s, and twice as long after every further failure, at most 5 minutes.</summary>
    /// <param name="name">Account, source, or both.</param>
    public TimeSpan WaitFor(string name)
    {
        if (!_counts.TryGetValue(name, out var entry) || entry.Count < free)
            return TimeSpan.Zero;
        var doublings = FirstWait + entry.Count - free;
        var wait = doublings > 8 ? LongestWait : TimeSpan.FromSeconds(1 << doublings);
        var left = entry.Last + wait - time.GetUtcNow();
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    /// <summary>Adds a failure.</summary>
    /// <param name="name">Account, source, or both.</param>
    public void Add(string name)
    {
        var now = time.GetUtcNow();
        var count = _counts.TryGetValue(name, out var entry) && now - entry.Last < Remembered ? entry.Count : 0;
        if (count == 0 && _counts.Count >= MostNames)
            DropOldest(now);
        _counts[name] = (count + 1, now);
    }

    /// <summary>Takes one failure back: the try was right after all.</summary>
    /// <param name="name">Account, source, or both.</param>
    public void TakeBack(string name)
    {
        if (!_counts.TryGetValue(name, out var entry))
            return;
        if (entry.Count <= 1)
            _counts.Remove(name);
        else
            _counts[name] = entry with { Count = entry.Count - 1 };
    }

    /// <summary>Forgets a name.</summary>
    /// <param name="name">Account, source, or both.</param>
    public void Forget(string name) => _counts.Remove(name);

    private void DropOldest(DateTimeOffset now)
    {
        var old = _counts.Where(pair => now - pair.Value.Last >= Remembered).Select(pair => pair.Key).ToList();
        if (old.Count == 0)
            old = _counts.OrderBy(pair => pair.Value.Last).Take(MostNames / 2).Select(pair => pair.Key).ToList();
        foreach (var name in old)
            _counts.Remove(name);
    }
}
