using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;

namespace AImetier.Portal.LoadTests.Driving;

/// <summary>A stream of server-sent events that is read line by line.</summary>
internal sealed class OpenStream : IDisposable
{
    private readonly HttpResponseMessage _answer;
    private readonly StreamReader _lines;

    private OpenStream(HttpResponseMessage answer, Stream body)
    {
        _answer = answer;
        _lines = new StreamReader(body);
    }

    /// <summary>Opens one; with a body it is an ask.</summary>
    public static async Task<OpenStream> OpenAsync(HttpMessageInvoker client, Uri address, string? key, string? json, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(json is null ? HttpMethod.Get : HttpMethod.Post, address);
        if (json is not null)
            request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        if (key is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        request.Headers.Accept.ParseAdd("text/event-stream");
        var answer = await client.SendAsync(request, cancellationToken);
        return answer.IsSuccessStatusCode
            ? new OpenStream(answer, await answer.Content.ReadAsStreamAsync(cancellationToken))
            : throw new InvalidOperationException($"{address.AbsolutePath} answered {(int)answer.StatusCode}.");
    }

    /// <summary>Reads up to a line that begins so.</summary>
    /// <returns>When it was there, as <see cref="Stopwatch"/> counts.</returns>
    public async Task<long> UntilAsync(string begin, CancellationToken cancellationToken)
    {
        while (await _lines.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line.StartsWith(begin, StringComparison.Ordinal))
                return Stopwatch.GetTimestamp();
        }

        throw new InvalidOperationException($"The stream ended without '{begin}'.");
    }

    /// <summary>Reads to the end.</summary>
    public async Task EndAsync(CancellationToken cancellationToken)
    {
        while (await _lines.ReadLineAsync(cancellationToken) is not null)
        {
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _lines.Dispose();
        _answer.Dispose();
    }
}
