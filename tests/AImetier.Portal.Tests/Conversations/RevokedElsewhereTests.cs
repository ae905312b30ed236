using System.Text;
using AImetier.Portal.Features.Activity;
using AImetier.Portal.Features.Conversations;
using AImetier.Portal.Features.Teammates;
using AImetier.Portal.Tests.Host;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace AImetier.Portal.Tests.Conversations;

/// <summary>Open streams of one process whose key ends in another: only the database says so.</summary>
public sealed class RevokedElsewhereTests : IDisposable
{
    private readonly AskPortal _portal = new();
    private readonly AskPortal _other = new();

    public RevokedElsewhereTests() => _other.With("Portal:DataDirectory", _portal.DataDirectory);

    public void Dispose()
    {
        _other.Dispose();
        _portal.Dispose();
    }

    [Fact]
    public async Task Streams_and_their_work_end_within_a_second_and_another_key_s_go_on()
    {
        foreach (var (path, body) in new (string, string?)[]
        {
            ("/api/v1/teammates/me/messages", """{"text": "[hold] first"}"""),
            ("/api/openai/v1/chat/completions", """{"stream": true, "messages": [{"role": "user", "content": "[hold] first"}]}"""),
            ("/api/v1/teammates/me/events", null),
        })
        {
            await EndAsync(path, body, key => _other.RevokeAsync(key));
            await EndAsync(path, body, RemoveTeammateAsync);
        }
    }

    private async Task EndAsync(string path, string? body, Func<TestKey, Task> end)
    {
        var (key, bystander) = (await _portal.GenerateAsync(), await _portal.GenerateAsync());
        using var ends = await OpenAsync(key, path, body);
        using var goesOn = await OpenAsync(bystander, path, body);
        await end(key);
        var whole = path.Contains("openai", StringComparison.Ordinal) ? "[DONE]" : "event: message.completed";
        (await _portal.SoonAsync(ends.ReadToEndAsync())).ShouldNotContain(whole);
        if (body is null)
            return;
        await _portal.TrueAsync(async () => (await _portal.MessagesAsync(key.TeammateId))[^1].Status == MessageStatus.Stopped);
        _portal.Model.LetGo();
        (await goesOn.ReadToEndAsync().WaitAsync(Until.Longest)).ShouldContain(whole);
    }

    private Task RemoveTeammateAsync(TestKey key) => _other.InScopeAsync(
        services => services.GetRequiredService<TeammateService>()
            .RemoveAsync(key.TeammateId, new Actor(key.WorkspaceId, ActorKind.Person, "usr_test", "Test"), CancellationToken.None),
        key.WorkspaceId);

    // Open: its first line has come, and the model holds its ask.
    private async Task<StreamReader> OpenAsync(TestKey key, string path, string? body)
    {
        var client = _portal.Client();
        using var request = new HttpRequestMessage(body is null ? HttpMethod.Get : HttpMethod.Post, path)
        {
            Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json"),
        };
        request.Headers.Authorization = new("Bearer", key.Text);
        request.Headers.Accept.ParseAdd("text/event-stream");
        var answer = (await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead)).EnsureSuccessStatusCode();
        var lines = new StreamReader(await answer.Content.ReadAsStreamAsync());
        await lines.ReadLineAsync().WaitAsync(Until.Longest);
        if (body is not null)
            await _portal.Model.WaitUntilHeldAsync();
        return lines;
    }
}
