using System.Net;
using AImetier.Portal.Features.IncomingHooks;
using AImetier.Portal.Tests.Conversations;
using AImetier.Portal.Tests.Host;
using Shouldly;
using Xunit;

namespace AImetier.Portal.Tests.IncomingHooks;

/// <summary>What comes in through hooks counts, and failed proofs harm nobody but their source.</summary>
public sealed class HookLimitTests : IDisposable
{
    private const string Body = """{"name": "Anna"}""";
    private readonly AskPortal _portal = new();

    public HookLimitTests() => _portal.With("RateLimits:Work:PerMinute", "3").With("RateLimits:Work:AtOnce", "2").With("RateLimits:Work:PerDay", "4").With("RateLimits:PerKey:RefusalsPerMinute", "5");

    public void Dispose() => _portal.Dispose();

    [Fact]
    public async Task A_signed_hook_has_the_limits_of_a_key_and_a_hook_with_a_key_those_of_that_key()
    {
        var key = await _portal.GenerateAsync();
        var signed = await _portal.MakeHookAsync(HookProof.StandardWebhooks, teammateId: key.TeammateId);
        var other = await _portal.MakeHookAsync(HookProof.StandardWebhooks, teammateId: key.TeammateId);
        await TakenAsync(signed, 3);
        await RefusedAsync(signed, "rate_limited");
        await TakenAsync(other, 1);
        _portal.Clock.Advance(TimeSpan.FromMinutes(1));
        await TakenAsync(signed, 1);
        _portal.Clock.Advance(TimeSpan.FromMinutes(1));
        await RefusedAsync(signed, "daily_limit");
        (await _portal.RefusalsAsync(signed)).ShouldBe("TooMuchWork 2");

        var byKey = await _portal.MakeHookAsync(HookProof.Key, teammateId: key.TeammateId);
        await TakenAsync(byKey, 2, key);
        await _portal.AnswerAsync(key, "Hello");
        await RefusedAsync(byKey, "rate_limited", key);
        using var asked = await _portal.AskAsync(key, "Hello");
        await asked.ShouldBeAsync(HttpStatusCode.TooManyRequests, "rate_limited");
    }

    [Fact]
    public async Task Only_so_much_is_worked_on_at_once()
    {
        var hook = await _portal.MakeHookAsync(HookProof.StandardWebhooks, "[hold] {{/name}}");
        await TakenAsync(hook, 2, idle: false);
        await RefusedAsync(hook, "too_many_at_once");
        await _portal.Model.WaitUntilHeldAsync();
        await _portal.Model.WaitUntilHeldAsync();
        _portal.Model.LetGo();
        await _portal.WhenIdleAsync();
    }

    [Fact]
    public async Task Too_many_failed_proofs_turn_401_into_429_and_good_ones_still_get_in()
    {
        var hook = await _portal.MakeHookAsync(HookProof.GitHub);
        for (var attempt = 0; attempt < 5; attempt++)
        {
            using var unproven = await _portal.PostAsync(attempt % 2 == 0 ? hook.Path : hook.Path + "x", Body);
            await unproven.ShouldBeAsync(HttpStatusCode.Unauthorized, "invalid_proof");
        }

        using var tooMany = await _portal.PostAsync(hook.Path, Body);
        await tooMany.ShouldBeAsync(HttpStatusCode.TooManyRequests, "rate_limited");
        tooMany.Headers.RetryAfter.ShouldNotBeNull();
        using var good = await _portal.SendAsync(hook, Body);
        await good.ReceiptAsync();

        // Bad keys count for the same source, and a good key gets in as well.
        var key = await _portal.GenerateAsync();
        using var client = _portal.Client();
        using var badKey = await client.CallAsync("hclip_nonsense");
        await badKey.ShouldBeAsync(HttpStatusCode.TooManyRequests, "rate_limited");
        using var goodKey = await client.CallAsync(key.Text);
        goodKey.StatusCode.ShouldBe(HttpStatusCode.OK);
        await _portal.WhenIdleAsync();
    }

    private async Task TakenAsync(TestHook hook, int times, TestKey? key = null, bool idle = true)
    {
        for (var time = 0; time < times; time++)
        {
            using var answer = await _portal.SendAsync(hook, Body, key: key);
            await answer.ReceiptAsync();
            if (idle)
                await _portal.WhenIdleAsync();
        }
    }

    private async Task RefusedAsync(TestHook hook, string code, TestKey? key = null)
    {
        using var answer = await _portal.SendAsync(hook, Body, key: key);
        await answer.ShouldBeAsync(HttpStatusCode.TooManyRequests, code);
        answer.Headers.RetryAfter.ShouldNotBeNull();
    }
}
