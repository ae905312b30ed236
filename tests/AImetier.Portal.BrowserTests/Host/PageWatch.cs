using System.Collections.Concurrent;
using Microsoft.Playwright;
using Shouldly;

namespace AImetier.Portal.BrowserTests.Host;

/// <summary>Listens to every page of a context for script errors, console errors and violations of the content security policy (which Chromium reports there).</summary>
public sealed class PageWatch
{
    private readonly ConcurrentQueue<string> _errors = new();
    private readonly ConcurrentBag<string> _expected = [];

    public PageWatch(IBrowserContext context)
    {
        context.Console += (_, message) =>
        {
            if (message.Type == "error")
                _errors.Enqueue($"{Path(message.Page?.Url)}: {message.Text} ({Path(message.Location)})");
        };
        context.WebError += (_, error) => _errors.Enqueue($"{Path(error.Page?.Url)}: {error.Error}");
    }

    /// <summary>Expects a page or file with this status: the browser notes each one above 399 as an error.</summary>
    public void Expect(int status) => _expected.Add($"responded with a status of {status} ");

    /// <summary>Expects the browser to refuse to send a form again: going back to its answer is then an error page of the browser.</summary>
    public void ExpectNoSecondSending() => _expected.Add("net::ERR_CACHE_MISS");

    /// <summary>Expects a request that does not reach the Portal.</summary>
    public void ExpectFailedRequest() => _expected.Add("net::ERR_FAILED");

    /// <summary>Fails when anything unexpected was heard.</summary>
    public void ShouldBeSilent() => _errors.Where(error => !_expected.Any(error.Contains)).ShouldBeEmpty();

    private static string Path(string? address) => Uri.TryCreate(address, UriKind.Absolute, out var uri) ? uri.AbsolutePath : "";
}
