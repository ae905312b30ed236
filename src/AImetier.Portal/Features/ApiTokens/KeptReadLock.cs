using System.Security.Cryptography;
using Microsoft.Data.Sqlite;

namespace AImetier.Portal.Features.ApiTokens;

/// <summary>
/// Keeps SQLite's lock for readers while reads follow one another closely and nobody commits. SQLite takes that lock from the kernel once for all
/// connections of a process: as long as one has it, the others begin and end their reads of the same state without a call of the kernel, which is
/// nearly half of the time of a check. Nothing else is shared: every read has a transaction of its own and sees what was committed before it.
/// </summary>
/// <remarks>
/// The lock also keeps checkpoints from ending and the write-ahead log from starting anew. So it is let go again and again, and not taken again where commits
/// follow one another. A thread of the pool lets it go, which may be late where the pool is busy.
/// Source: SQLite, WAL-mode File Format, on WAL_READ_LOCK, and Write-Ahead Logging, Avoiding Excessively Large WAL Files.
/// </remarks>
internal sealed class KeptReadLock : IDisposable
{
    /// <summary>How long it is kept without a pause.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(10);

    /// <summary>The pause, in which a checkpoint can end.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(2);

    /// <summary>How long nobody may have committed before it is kept: of commits that follow one another more closely, none meets it but the first few.</summary>
    public static readonly TimeSpan Calm = TimeSpan.FromMilliseconds(50);

    /// <summary>Up to so much more, by chance, so that commits at an interval that never changes do not all meet it.</summary>
    public static readonly TimeSpan Spread = Longest + Pause;

    /// <summary>So many reads from one look to the next, 10 to 62 ms later, are worth the work of keeping it.</summary>
    public const int Enough = 16;

    private readonly Lock _lock = new();
    private readonly Func<TokenRowLane> _open;
    private readonly ITimer _timer;
    private TokenRowLane? _lane;
    private long? _version;
    private int _reads;
    private int _readsBefore;
    private volatile bool _awake;
    private bool _kept;
    private bool _ended;

    /// <summary>Not kept yet.</summary>
    /// <param name="open">Opens a connection of the same process to the same database.</param>
    /// <param name="time">Measures how long it is kept.</param>
    public KeptReadLock(Func<TokenRowLane> open, TimeProvider time)
    {
        _open = open;

        // It outlives whatever call happens to make it.
        using var _ = ExecutionContext.SuppressFlow();
        _timer = time.CreateTimer(state => ((KeptReadLock)state!).Turn(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Says that somebody is about to read. For any number of threads.</summary>
    public void Note()
    {
        // Counted without care: it is on the path of every check, and need not be exact.
        if (++_reads % Enough == 0 && !_awake)
            Wake();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock)
        {
            _ended = true;
            _timer.Dispose();
            _lane?.Dispose();
        }
    }

    private void Wake()
    {
        lock (_lock)
        {
            if (_ended || _awake)
                return;
            _awake = true;
            _readsBefore = _reads;
            Next(Longest);
        }
    }

    private void Turn()
    {
        lock (_lock)
        {
            if (_ended)
                return;
            if (_kept)
            {
                _lane!.Release();
                _kept = false;
                Next(Pause);
            }
            else if (_reads - _readsBefore >= Enough && Look() is { } due)
            {
                _readsBefore = _reads;
                Next(due);
            }
            else
            {
                _awake = false;
            }
        }
    }

    // Null where the database does not answer: without the lock reads take a little longer, and what is wrong they say themselves.
    private TimeSpan? Look()
    {
        try
        {
            _lane ??= _open();
            var version = _lane.Version();
            if (version != _version)
            {
                _version = version;
                return Calm + TimeSpan.FromMilliseconds(RandomNumberGenerator.GetInt32((int)Spread.TotalMilliseconds));
            }

            _lane.Hold();
            _kept = true;
            return Longest;
        }
        catch (SqliteException)
        {
            _lane?.Dispose();
            _lane = null;
            _version = null;
            return null;
        }
    }

    private void Next(TimeSpan due) => _timer.Change(due, Timeout.InfiniteTimeSpan);
}
