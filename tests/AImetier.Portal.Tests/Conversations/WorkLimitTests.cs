using System.Net;
using AImetier.Portal.Tests.Host;
using Shouldly;
using Xunit;

namespace AImetier.Portal.Tests.Conversations;

public sealed class WorkLimitTests : IDisposable
{
    private readonly AskPortal _portal = new();

    public WorkLimitTests() => _portal.With("RateLimits:Work:PerMinute", "3").With("RateLimits:Work:AtOnce", "1").With("RateLimits:Work:PerDay", "5");

    public void Dispose() => _portal.Dispose();

    [Fact]
    public async Task A_key_asks_only_so_often_within_a_minute_and_within_a_day()
    {
        var key = await _portal.GenerateAsync();
        var other = await _portal.GenerateAsync(key.TeammateId);
        for (var ask = 0; ask < 3; ask++)
        {
            await _portal.AnswerAsync(key, "Hello");
            _portal.Clock.Advance(TimeSpan.FromSeconds(10));
        }

        await RefusedAsync(key, "rate_limited", 30);
        await _portal.AnswerAsync(other, "Hello");
        _portal.Clock.Advance(TimeSpan.FromSeconds(30));
        await _portal.AnswerAsync(key, "Hello");

        _portal.Clock.Advance(TimeSpan.FromMinutes(10));
        await _portal.AnswerAsync(key, "Hello");
        await RefusedAsync(key, "daily_limit", 24 * 60 * 60 - 60 - 600);
        (await _portal.MessagesAsync(key.TeammateId)).Count.ShouldBe(12);

        _portal.Clock.Advance(TimeSpan.FromDays(1));
        await _portal.AnswerAsync(key, "Hello");
    }

    [Fact]
    public async Task A_key_has_only_so_many_asks_worked_on_at_once()
    {
        var key = await _portal.GenerateAsync();
        var held = _portal.AnswerAsync(key, "[hold] first");
        await _portal.Model.WaitUntilHeldAsync();
        await RefusedAsync(key, "too_many_at_once", 2);
        _portal.Model.LetGo();
        await held;
        await _portal.AnswerAsync(key, "Hello");
    }

    [Theory]
    [InlineData("RateLimits:Work:PerMinute", "0")]
    [InlineData("RateLimits:Work:AtOnce", "-1")]
    [InlineData("RateLimits:Work:PerDay", "1000001")]
    public async Task A_limit_out_of_range_stops_the_start(string key, string value) =>
        (await PortalApplication.RunAsync([$"--{key}={value}", $"--Portal:DataDirectory={_portal.DataDirectory}", "--urls=http://127.0.0.1:0"])).ShouldBe(1);

    private async Task RefusedAsync(TestKey key, string code, int retryAfter)
    {
        using var answer = await _portal.AskAsync(key, "Hello");
        await AskTests.ShouldBeAsync(answer, HttpStatusCode.TooManyRequests, code);
        answer.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(retryAfter));
    }
}
