namespace AImetier.Portal.Features.Webhooks;

/// <summary>
/// How many attempts this process makes at once: at each endpoint as many as it has proved to bear, beginning with a few, and so many in all.
/// An endpoint that is slow or does not answer is left with one or a few, and all such together get half of the places: they cannot slow the others.
/// The sender's loop alone uses it.
/// </summary>
public sealed class DeliverySlots
{
    /// <summary>Most attempts at once at an endpoint.</summary>
    public const int MostPerEndpoint = 100;

    /// <summary>Most attempts at once in all.</summary>
    public const int MostInAll = 400;

    /// <summary>Most attempts at once at slow endpoints together.</summary>
    public const int MostAtSlow = MostInAll / 2;

    private const int First = 4;
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(2);
    private readonly Dictionary<string, Lane> _lanes = new(StringComparer.Ordinal);
    private int _taken;
    private int _takenBySlow;

    /// <summary>Attempts being made.</summary>
    public int Taken => _taken;

    /// <summary>How many more attempts an endpoint may have now.</summary>
    /// <param name="endpointId">The endpoint.</param>
    public int FreeOf(string endpointId)
    {
        var lane = LaneOf(endpointId);
        var free = lane.IsSlow ? Math.Min(MostInAll - _taken, MostAtSlow - _takenBySlow) : MostInAll - _taken;
        return Math.Max(0, Math.Min(free, lane.Window - lane.Taken));
    }

    /// <summary>Takes places, or gives back what was taken and not used.</summary>
    /// <param name="endpointId">The endpoint.</param>
    /// <param name="count">How many; below zero to give back.</param>
    public void Take(string endpointId, int count) => Change(LaneOf(endpointId), lane => lane.Taken += count);

    /// <summary>Gives a place back and learns from how the attempt ended.</summary>
    /// <param name="endpointId">The endpoint.</param>
    /// <param name="result">How it ended.</param>
    public void Return(string endpointId, AttemptResult result) => Change(LaneOf(endpointId), lane =>
    {
        lane.Taken--;
        lane.IsSlow = result.IsTrouble || result.Milliseconds >= Slow.TotalMilliseconds;
        lane.Window = (result.Succeeded, lane.IsSlow) switch
        {
            (true, false) => Math.Min(lane.Window + 1, MostPerEndpoint),
            (_, true) when result.IsTrouble => 1,
            _ => Math.Max(lane.Window / 2, 1),
        };
    });

    private void Change(Lane lane, Action<Lane> change)
    {
        Count(lane, -1);
        change(lane);
        Count(lane, 1);
    }

    private void Count(Lane lane, int sign)
    {
        _taken += sign * lane.Taken;
        _takenBySlow += lane.IsSlow ? sign * lane.Taken : 0;
    }

    private Lane LaneOf(string endpointId)
    {
        if (!_lanes.TryGetValue(endpointId, out var lane))
            _lanes.Add(endpointId, lane = new Lane());
        return lane;
    }

    private sealed class Lane
    {
        public int Window { get; set; } = First;

        public int Taken { get; set; }

        public bool IsSlow { get; set; }
    }
}
