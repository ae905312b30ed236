namespace AImetier.Portal.Features.ApiTokens;

/// <summary>A few wrong guesses a minute for each key from each source. Bounded: what does not fit is refused until the minute is over.</summary>
/// <param name="time">The clock.</param>
public sealed class GuessBudget(TimeProvider time)
{
    /// <summary>Guesses a minute for one key from one source.</summary>
    public const int PerMinute = 5;

    private const int MostEntries = 20_000;
    private readonly Lock _lock = new();
    private readonly Dictionary<(string Id, string Source), int> _taken = [];
    private long _minute;

    /// <summary>Takes one guess.</summary>
    /// <param name="id">Public id of the key.</param>
    /// <param name="source">Where the request came from.</param>
    /// <returns>False when none is left in this minute.</returns>
    public bool TryTake(string id, string source)
    {
        lock (_lock)
        {
            var minute = time.GetUtcNow().UtcTicks / TimeSpan.TicksPerMinute;
            if (minute != _minute)
            {
                _minute = minute;
                _taken.Clear();
            }

            var taken = _taken.GetValueOrDefault((id, source));
            if (taken >= PerMinute || (taken == 0 && _taken.Count >= MostEntries))
                return false;
            _taken[(id, source)] = taken + 1;
            return true;
        }
    }

    /// <summary>Gives a guess back that was right, or that never ran.</summary>
    /// <param name="id">Public id of the key.</param>
    /// <param name="source">Where the request came from.</param>
    public void GiveBack(string id, string source)
    {
        lock (_lock)
        {
            if (_taken.GetValueOrDefault((id, source)) is > 0 and var taken)
                _taken[(id, source)] = taken - 1;
        }
    }
}
