using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using AImetier.Portal.Features.Approvals;
using AImetier.Portal.LoadTests.Hosting;
using AImetier.Portal.Tests.Connectors;

namespace AImetier.Portal.LoadTests.Driving;

/// <summary>
/// A Portal connected to a mail server on loopback that takes its time. Each round a person approves a few e-mails, the Portal is killed at a random
/// moment, starts again when its attempts count as over, and a person says of what is uncertain that it arrived or has it sent again.
/// </summary>
internal sealed class KilledPost : IAsyncDisposable
{
    private const int EmailsARound = 6;
    private const int LongestThought = 25;
    private const int LatestKill = 400;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Step = ApprovalSender.Lease + TimeSpan.FromSeconds(5);
    private readonly HttpMessageInvoker _client = new(new SocketsHttpHandler { UseCookies = false });
    private readonly TestSmtpServer _server = new()
    {
        Thinking = cancellationToken => Task.Delay(TimeSpan.FromMilliseconds(RandomNumberGenerator.GetInt32(LongestThought)), TimeProvider.System, cancellationToken),
    };

    private readonly Dictionary<string, string> _settings;
    private PortalProcess _portal = null!;
    private string _key = "";
    private TimeSpan _ahead;

    private KilledPost(bool forgetsAttempts) => _settings = new(StringComparer.Ordinal)
    {
        [TwinHost.ForgetsAttempts] = forgetsAttempts.ToString(),
        [TwinHost.ClockAhead] = _ahead.ToString(),
        ["RateLimits:Work:PerMinute"] = "10000",
        ["RateLimits:Work:PerDay"] = "1000000",
    };

    /// <summary>Makes one.</summary>
    /// <param name="forgetsAttempts">Whether it is the control, whose sender forgets its attempts.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task<KilledPost> OpenAsync(bool forgetsAttempts, CancellationToken cancellationToken)
    {
        var post = new KilledPost(forgetsAttempts);
        post._portal = await PortalProcess.StartAsync(post._settings, cancellationToken);
        using var pages = await PortalPages.SignInAsync(post._portal, cancellationToken);
        await pages.ConnectEmailAsync(post._server.Port, cancellationToken);
        post._key = await pages.GenerateAsync(await pages.HireAsync("Léa", cancellationToken), cancellationToken);
        return post;
    }

    /// <summary>One round with one kill.</summary>
    public async Task RoundAsync(KillTally tally, CancellationToken cancellationToken)
    {
        var ids = await AskAsync(cancellationToken);
        var approved = await KillWhileSendingAsync(ids, tally, cancellationToken);
        var states = await WhenSettledAsync(ids, cancellationToken);
        tally.Approved += approved.Count;
        tally.Twice += ids.Count(id => Taken(id) > 1);
        tally.Uncertain += ids.Count(id => states[id] == "uncertain");
        tally.UncertainTaken += ids.Count(id => states[id] == "uncertain" && Taken(id) > 0);
        tally.Invented += ids.Count(id => states[id] == "sent" && Taken(id) == 0);
        tally.Lost += approved.Count(id => states[id] is not ("sent" or "uncertain"));

        using var pages = await PortalPages.SignInAsync(_portal, cancellationToken);
        foreach (var id in ids.Where(id => states[id] is "uncertain" or "waiting"))
            await pages.DecideAsync(id, states[id] == "waiting" ? "approve" : Taken(id) > 0 ? "arrived" : "send-again", cancellationToken);
        var ended = await WhenSettledAsync(ids, cancellationToken);
        tally.EndedByPeople += ids.Count(id => states[id] == "uncertain" && ended[id] == "sent" && Taken(id) == 1);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _portal.DisposeAsync();
        await _server.DisposeAsync();
    }

    // The message id is that of the approval.
    private int Taken(string id) => _server.Messages.Count(message => message.Contains($"Message-Id: <{id}@", StringComparison.OrdinalIgnoreCase));

    private async Task<IReadOnlyList<string>> AskAsync(CancellationToken cancellationToken)
    {
        var text = string.Concat(Enumerable.Range(0, EmailsARound).Select(n => $"[email to=guest{n}@example.com] ")) + "Say thanks";
        var answer = await CallAsync(HttpMethod.Post, "messages", JsonContent.Create(new { text }), cancellationToken);
        return [.. answer.GetProperty("approvals").EnumerateArray().Select(one => one.GetProperty("id").GetString()!)];
    }

    private async Task<List<string>> KillWhileSendingAsync(IReadOnlyList<string> ids, KillTally tally, CancellationToken cancellationToken)
    {
        var approved = new List<string>();
        using var pages = await PortalPages.SignInAsync(_portal, cancellationToken);
        var approving = ApproveAsync(pages, ids, approved, cancellationToken);
        await Task.WhenAny(Task.Delay(TimeSpan.FromMilliseconds(RandomNumberGenerator.GetInt32(LatestKill)), TimeProvider.System, cancellationToken), approving);
        if (approving.IsCompleted)
            await approving;
        var began = Stopwatch.GetTimestamp();
        _ahead += Step;
        _settings[TwinHost.ClockAhead] = _ahead.ToString();
        _portal = await _portal.KillAndStartAsync(_settings, cancellationToken);
        tally.Restarts.Add(Stopwatch.GetElapsedTime(began).TotalSeconds);
        await approving.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        return approved;
    }

    private static async Task ApproveAsync(PortalPages pages, IReadOnlyList<string> ids, List<string> approved, CancellationToken cancellationToken)
    {
        foreach (var id in ids)
        {
            await pages.DecideAsync(id, "approve", cancellationToken);
            approved.Add(id);
        }
    }

    private async Task<Dictionary<string, string>> WhenSettledAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        var began = Stopwatch.GetTimestamp();
        while (true)
        {
            var states = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var id in ids)
                states[id] = (await CallAsync(HttpMethod.Get, "approvals/" + id, null, cancellationToken)).GetProperty("state").GetString()!;
            if (!states.Values.Any(state => state is "approved" or "sending"))
                return states;
            if (Stopwatch.GetElapsedTime(began) > Longest)
                throw new InvalidOperationException("Something is still leaving: " + string.Join(", ", states.Values));
            await Task.Delay(Pause, TimeProvider.System, cancellationToken);
        }
    }

    private async Task<JsonElement> CallAsync(HttpMethod method, string path, HttpContent? content, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, new Uri(_portal.Address, "/api/v1/teammates/me/" + path)) { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _key);
        using var answer = await _client.SendAsync(request, cancellationToken);
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
    }
}
