using System.Net;
using AImetier.Portal.Tests.Conversations;
using AImetier.Portal.Tests.Host;
using Shouldly;
using Xunit;

namespace AImetier.Portal.Tests.OpenAiDoor;

/// <summary>The door counts with all others against the limits of a key.</summary>
public sealed class DoorLimitTests : IDisposable
{
    private readonly AskPortal _portal = new();

    public void Dispose() => _portal.Dispose();

    [Fact]
    public async Task A_keys_work_is_limited_whichever_door_it_comes_through()
    {
        _portal.With("RateLimits:Work:PerMinute", "2");
        var key = await _portal.GenerateAsync();
        await _portal.AnswerAsync(key, "Hello");
        await _portal.CompletedAsync(key, ("user", "Hello"));
        using var refused = await _portal.CompleteAsync(key.Text, DoorClient.Question("Hello"));
        await ShouldBeLimitedAsync(refused);
    }

    [Fact]
    public async Task A_key_that_calls_too_often_is_told_so_in_OpenAIs_shape()
    {
        _portal.With("RateLimits:PerKey:PermitsPerSecond", "1").With("RateLimits:PerKey:Burst", "1");
        var key = await _portal.GenerateAsync();
        using var client = _portal.Client();
        using var good = await client.CallAsync(key.Text, "/api/openai/v1/models");
        good.StatusCode.ShouldBe(HttpStatusCode.OK);
        // The bucket fills in real time: on a slow machine more than one call may pass.
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => client.CallAsync(key.Text, "/api/openai/v1/models")));
        await ShouldBeLimitedAsync(answers.First(answer => answer.StatusCode != HttpStatusCode.OK));
        foreach (var answer in answers)
            answer.Dispose();
    }

    private static async Task ShouldBeLimitedAsync(HttpResponseMessage refused)
    {
        refused.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        refused.Headers.RetryAfter.ShouldNotBeNull();
        var error = await refused.ErrorAsync();
        error.GetProperty("type").GetString().ShouldBe("rate_limit_error");
        error.GetProperty("code").GetString().ShouldBe("rate_limited");
    }
}
