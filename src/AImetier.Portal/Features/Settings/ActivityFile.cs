using System.Globalization;
using System.Text;
using AImetier.Portal.Features.Activity;
using Microsoft.Extensions.Localization;

namespace AImetier.Portal.Features.Settings;

/// <summary>The activity log as a CSV file that spreadsheets open: UTF-8 with a byte order mark, lines end with CR LF.</summary>
/// <param name="words">Puts lines into words.</param>
/// <param name="text">Resources of Settings.</param>
/// <remarks>RFC 4180.</remarks>
public sealed class ActivityFile(ActivityWords words, IStringLocalizer<SettingsText> text)
{
    private const int LinesPerFlush = 500;

    /// <summary>Writes line by line; the whole is never in memory.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="entries">The lines.</param>
    /// <param name="teammates">Names of teammates by id.</param>
    /// <param name="cancellationToken">Stops the writing.</param>
    public async Task WriteAsync(
        Stream stream, IAsyncEnumerable<ActivityEntry> entries, IReadOnlyDictionary<string, string> teammates, CancellationToken cancellationToken)
    {
        await using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), bufferSize: 16 * 1024, leaveOpen: true);
        await WriteLineAsync(writer, text["Log.When"], text["Log.Who"], text["Log.What"], text["Log.Detail"], text["Log.Teammate"]);
        var written = 0;
        await foreach (var entry in entries.WithCancellation(cancellationToken))
        {
            var teammate = entry.TeammateId is { } id && teammates.TryGetValue(id, out var name) ? name : entry.TeammateId;
            var at = entry.At.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
            await WriteLineAsync(writer, at, words.Who(entry), words.What(entry), words.Detail(entry), teammate);
            if (++written % LinesPerFlush == 0)
                await writer.FlushAsync(cancellationToken);
        }
    }

    private static Task WriteLineAsync(StreamWriter writer, params ReadOnlySpan<string?> cells)
    {
        var line = new StringBuilder();
        foreach (var cell in cells)
            line.Append(line.Length == 0 ? "" : ",").Append(CsvCell.Of(cell));
        return writer.WriteAsync(line.Append("\r\n"));
    }
}
