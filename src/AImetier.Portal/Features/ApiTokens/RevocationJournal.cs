using System.Globalization;
using AImetier.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace AImetier.Portal.Features.ApiTokens;

/// <summary>
/// A file beside the SQLite database that outlives it: every revocation is written and synced here before it is committed there, and applied
/// again at every start, so that a restored backup revives no key.
/// </summary>
/// <param name="directory">Where the file is.</param>
public sealed class RevocationJournal(DataDirectory directory)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);
    private readonly string _path = directory.PathOf("revocations.journal");

    /// <summary>Writes revocations to the disk before they are committed.</summary>
    /// <param name="tokenIds">Public ids.</param>
    /// <param name="at">When they are revoked.</param>
    /// <param name="cancellationToken">Stops the wait for another process.</param>
    /// <exception cref="IOException">The file cannot be written; nothing may then be committed.</exception>
    public async Task AppendAsync(IReadOnlyCollection<string> tokenIds, DateTimeOffset at, CancellationToken cancellationToken)
    {
        if (tokenIds.Count == 0)
            return;

        var lines = string.Concat(tokenIds.Select(id => string.Create(CultureInfo.InvariantCulture, $"{id} {at.UtcTicks}\n")));
        await using var file = await OpenAsync(cancellationToken);
        if (file.Length > 0)
        {
            // A kill may have cut the last line short: begin on a line of our own.
            file.Seek(-1, SeekOrigin.End);
            if (file.ReadByte() != '\n')
                file.WriteByte((byte)'\n');
        }

        await file.WriteAsync(System.Text.Encoding.ASCII.GetBytes(lines), cancellationToken);
        file.Flush(flushToDisk: true);
    }

    /// <summary>Revokes again what the journal says and the database does not.</summary>
    /// <param name="db">The database, migrated.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>How many keys a restored backup had revived.</returns>
    public async Task<int> ReapplyAsync(PortalDbContext db, CancellationToken cancellationToken)
    {
        if (!File.Exists(_path))
            return 0;

        var revoked = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var line in await File.ReadAllLinesAsync(_path, cancellationToken))
        {
            // A line cut short by a kill was never committed.
            if (line.Split(' ') is [{ Length: TokenFormat.IdLength } id, var ticks]
                && long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at <= DateTimeOffset.MaxValue.UtcTicks)
            {
                revoked[id] = at;
            }
        }

        var alive = new List<string>();
        foreach (var ids in revoked.Keys.Chunk(500))
            alive.AddRange(await db.Set<ApiToken>().IgnoreQueryFilters().Where(token => ids.Contains(token.Id) && token.RevokedAt == null).Select(token => token.Id).ToListAsync(cancellationToken));

        foreach (var id in alive)
        {
            var at = new DateTimeOffset(revoked[id], TimeSpan.Zero);
            await db.Set<ApiToken>().IgnoreQueryFilters().Where(token => token.Id == id && token.RevokedAt == null).ExecuteUpdateAsync(
                set => set.SetProperty(token => token.RevokedAt, at).SetProperty(token => token.Hash, (string?)null).SetProperty(token => token.RevokedById, ""),
                cancellationToken);
        }

        return alive.Count;
    }

    private async Task<FileStream> OpenAsync(CancellationToken cancellationToken)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnerOnly;

        var began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                return new FileStream(_path, options);
            }
            catch (IOException) when (TimeProvider.System.GetElapsedTime(began) < LongestWait)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, cancellationToken);
            }
        }
    }
}
