using System.Globalization;
using AImetier.Portal.Data;

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

    /// <summary>Every revocation the journal holds: public id and instant. A line cut short by a kill was never committed, and is passed over.</summary>
    /// <param name="cancellationToken">Stops the read.</param>
    public async Task<IReadOnlyDictionary<string, DateTimeOffset>> ReadAsync(CancellationToken cancellationToken)
    {
        var revoked = new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal);
        if (!File.Exists(_path))
            return revoked;

        await using var file = await OpenAsync(cancellationToken);
        using var reader = new StreamReader(file, System.Text.Encoding.ASCII);
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line.Split(' ') is [{ Length: TokenFormat.IdLength } id, var ticks]
                && long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at <= DateTimeOffset.MaxValue.UtcTicks)
            {
                revoked[id] = new DateTimeOffset(at, TimeSpan.Zero);
            }
        }

        return revoked;
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
