using System.Runtime.CompilerServices;
using System.Text;
using AImetier.Portal.Features.Conversations;
using AImetier.Portal.Tests.Host;
using Microsoft.Extensions.Time.Testing;
using Shouldly;
using Xunit;

namespace AImetier.Portal.Tests.Conversations;

/// <summary>Streams that have nothing to say for a while.</summary>
public sealed class QuietStreamTests(AskPortal portal) : IClassFixture<AskPortal>
{
    private static readonly TimeSpan Twice = TimeSpan.FromSeconds(32);

    [Theory]
    [InlineData("/api/v1/teammates/me/messages", """{"text": "[hold] first"}""", "event: message.completed")]
    [InlineData("/api/openai/v1/chat/completions", """{"stream": true, "messages": [{"role": "user", "content": "[hold] first"}]}""", "data: [DONE]")]
    [InlineData("/api/v1/teammates/me/events", null, null)]
    public async Task Every_15_seconds_a_comment_keeps_the_connection_open_and_then_it_goes_on(string path, string? body, string? end)
    {
        var key = await portal.GenerateAsync();
        using var client = portal.Client();
        using var request = new HttpRequestMessage(body is null ? HttpMethod.Get : HttpMethod.Post, path)
        {
            Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json"),
        };
        request.Headers.Authorization = new("Bearer", key.Text);
        request.Headers.Accept.ParseAdd("text/event-stream");
        using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync());
        for (var time = 0; time < 2; time++)
            await portal.DoneAsync(UntilAsync(lines, ": quiet"), ahead: Twice);
        if (end is null)
            return;
        await portal.Model.WaitUntilHeldAsync();
        portal.Model.LetGo();
        await portal.DoneAsync(UntilAsync(lines, end));
    }

    [Fact]
    public async Task The_page_s_stream_is_kept_open_too()
    {
        using var ann = await ChatBrowser.OpenAsync(portal);
        var address = await ann.BeginAsync(await portal.HireAsync(), "Wait [hold]");
        await portal.Model.WaitUntilHeldAsync();
        using var stream = await ChatEvents.OpenAsync(ann, await ann.ReplyAsync(address));
        var next = stream.NextAsync();
        await portal.TrueAsync(() => Task.FromResult(stream.Comments >= 3), ahead: Twice);
        next.IsCompleted.ShouldBeFalse();
        portal.Model.LetGo();
        (await portal.DoneAsync(next)).ShouldNotBeNull();
    }

    [Fact]
    public async Task Whoever_cannot_be_told_anything_ends_the_sequence_with_his_own_failure()
    {
        var clock = new FakeTimeProvider();
        await using var quiet = NeverAsync().WithQuiet(() => throw new IOException("gone"), TimeSpan.FromSeconds(15), clock, CancellationToken.None).GetAsyncEnumerator();
        var next = quiet.MoveNextAsync().AsTask();
        clock.Advance(TimeSpan.FromSeconds(15));
        (await Should.ThrowAsync<IOException>(() => next.WaitAsync(Until.Longest))).Message.ShouldBe("gone");
    }

    private static async IAsyncEnumerable<int> NeverAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        yield return 1;
    }

    private static async Task<bool> UntilAsync(StreamReader lines, string begin)
    {
        while (await lines.ReadLineAsync().WaitAsync(Until.Longest) is { } line)
        {
            if (line.StartsWith(begin, StringComparison.Ordinal))
                return true;
        }

        throw new EndOfStreamException($"No line begins with '{begin}'.");
    }
}
