using System.Collections.Concurrent;
using AImetier.Portal.Data;
using Microsoft.Data.Sqlite;

namespace AImetier.Portal.Features.ApiTokens;

/// <summary>
/// Reads a key's row with the state of its teammate, from the database, on every request. It keeps a few connections with a prepared
/// command, because this is the one query on the path of every call; everything else uses EF Core.
/// </summary>
/// <param name="database">Where the database is.</param>
public sealed class TokenRowReader(DatabaseConnection database) : IDisposable
{
    private const string Query =
        """
        SELECT t."Hash", t."RevokedAt" IS NOT NULL, m."RemovedAt" IS NOT NULL, t."LastUsedAt" IS NOT NULL,
               t."Name", t."TeammateId", m."Name", t."WorkspaceId"
        FROM "ApiTokens" AS t JOIN "Teammates" AS m ON m."Id" = t."TeammateId"
        WHERE t."Id" = $id
        """;

    private static readonly int Kept = Environment.ProcessorCount * 2;
    private readonly ConcurrentBag<Lane> _lanes = [];
    private bool _disposed;

    /// <summary>The row of a key, or null.</summary>
    /// <param name="tokenId">Public id.</param>
    /// <exception cref="SqliteException">The database did not answer.</exception>
    public TokenRow? Read(string tokenId)
    {
        if (!_lanes.TryTake(out var lane))
            lane = new Lane(database.Open());

        TokenRow? row;
        try
        {
            row = lane.Read(tokenId);
        }
        catch (SqliteException)
        {
            lane.Dispose();
            throw;
        }

        if (_disposed || _lanes.Count >= Kept)
            lane.Dispose();
        else
            _lanes.Add(lane);
        return row;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _disposed = true;
        while (_lanes.TryTake(out var lane))
            lane.Dispose();
    }

    private sealed class Lane : IDisposable
    {
        private readonly SqliteConnection _connection;
        private readonly SqliteCommand _command;
        private readonly SqliteParameter _id;

        public Lane(SqliteConnection connection)
        {
            _connection = connection;
            _command = connection.CreateCommand();
            _command.CommandText = Query;
            _id = _command.Parameters.Add("$id", SqliteType.Text);
            _command.Prepare();
        }

        public TokenRow? Read(string tokenId)
        {
            _id.Value = tokenId;
            using var reader = _command.ExecuteReader();
            if (!reader.Read())
                return null;

            var principal = new TokenPrincipal(tokenId, reader.GetString(4), reader.GetString(5), reader.GetString(6), reader.GetString(7));
            return new TokenRow(
                reader.IsDBNull(0) ? null : reader.GetString(0), reader.GetBoolean(1), reader.GetBoolean(2), reader.GetBoolean(3), principal);
        }

        public void Dispose()
        {
            _command.Dispose();
            _connection.Dispose();
        }
    }
}
