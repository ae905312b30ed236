using AImetier.Portal.Data;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.ObjectPool;

namespace AImetier.Portal.Features.ApiTokens;

/// <summary>
/// Reads a key's row with the state of its teammate, from the database, on every request. It keeps a few connections with prepared
/// statements of SQLite's own, because this is the one query on the path of every call.
/// </summary>
public sealed class TokenRowReader : IDisposable
{
    private readonly ObjectPool<TokenRowLane> _lanes;
    private readonly KeptReadLock _readLock;

    /// <summary>Opens nothing yet.</summary>
    /// <param name="database">Where the database is.</param>
    /// <param name="time">The clock.</param>
    public TokenRowReader(DatabaseConnection database, TimeProvider time)
    {
        var lanes = new Lanes(database);

        // As many are kept as threads may well read at once, those that are there for hashing among them.
        _lanes = new DefaultObjectPoolProvider { MaximumRetained = (Environment.ProcessorCount * 2) + 4 }.Create(lanes);
        _readLock = new KeptReadLock(lanes.Create, time);
    }

    /// <summary>The row of a key as it is now, or null.</summary>
    /// <param name="tokenId">Public id, 16 characters.</param>
    /// <param name="known">The key's row as it was read before: given back when it is still the same, to save making it anew. Else null.</param>
    /// <exception cref="ArgumentException">That is another key's row.</exception>
    /// <exception cref="SqliteException">The database did not answer.</exception>
    public TokenRow? Read(string tokenId, TokenRow? known)
    {
        _readLock.Note();
        var lane = _lanes.Get();
        try
        {
            return lane.Read(tokenId, known);
        }
        finally
        {
            _lanes.Return(lane);
        }
    }

    /// <summary>The rows of several keys as they are now, all at the same moment: cheaper than one by one.</summary>
    /// <exception cref="SqliteException">The database did not answer.</exception>
    internal Moment Now()
    {
        _readLock.Note();
        return new Moment(_lanes);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _readLock.Dispose();
        (_lanes as IDisposable)?.Dispose();
    }

    /// <summary>The rows at one moment, for one thread. It holds a read transaction: end it soon.</summary>
    internal sealed class Moment : IDisposable
    {
        private readonly ObjectPool<TokenRowLane> _lanes;
        private readonly TokenRowLane _lane;
        private bool _ended;

        public Moment(ObjectPool<TokenRowLane> lanes)
        {
            _lanes = lanes;
            _lane = lanes.Get();
            try
            {
                _lane.Hold();
            }
            catch
            {
                Dispose();
                throw;
            }
        }

        /// <inheritdoc cref="TokenRowReader.Read"/>
        /// <exception cref="ObjectDisposedException">The moment is over.</exception>
        public TokenRow? Read(string tokenId, TokenRow? known)
        {
            ObjectDisposedException.ThrowIf(_ended, this);
            return _lane.Read(tokenId, known);
        }

        /// <inheritdoc/>
        public void Dispose()
        {
            if (_ended)
                return;
            _ended = true;
            _lane.Release();
            _lanes.Return(_lane);
        }
    }

    // A lane that failed once is not kept.
    private sealed class Lanes(DatabaseConnection database) : IPooledObjectPolicy<TokenRowLane>
    {
        public TokenRowLane Create()
        {
            var connection = database.OpenForOneThread();
            try
            {
                return new TokenRowLane(connection);
            }
            catch
            {
                connection.Dispose();
                throw;
            }
        }

        public bool Return(TokenRowLane lane) => !lane.Broken;
    }
}
