using System.Net;
using AImetier.Portal.Data;
using AImetier.Portal.Features.Conversations;
using AImetier.Portal.Features.IncomingHooks;
using AImetier.Portal.Tests.Conversations;
using AImetier.Portal.Tests.Host;
using Shouldly;
using Xunit;

namespace AImetier.Portal.Tests.IncomingHooks;

/// <summary>A message that is sent again gets the same answer, and nothing is asked twice.</summary>
public sealed class HookRepeatTests(AskPortal portal) : IClassFixture<AskPortal>
{
    private const string Body = """{"name": "Anna"}""";

    [Theory]
    [InlineData(HookProof.StandardWebhooks, "webhook-id")]
    [InlineData(HookProof.GitHub, "X-GitHub-Delivery")]
    [InlineData(HookProof.GitHub, "")]
    [InlineData(HookProof.Key, "Idempotency-Key")]
    public async Task The_same_message_gets_the_same_answer(HookProof proof, string header)
    {
        var key = await portal.GenerateAsync();
        var hook = await portal.MakeHookAsync(proof, teammateId: key.TeammateId);
        var id = EntityId.New("msg");
        using var first = await SendAsync(hook, key, header, id);
        var receipt = await first.ReceiptAsync();
        first.Headers.Contains("Idempotent-Replayed").ShouldBeFalse();
        await portal.WhenIdleAsync();

        // Later, with a fresh signature.
        portal.Clock.Advance(TimeSpan.FromHours(23));
        using var second = await SendAsync(hook, key, header, id);
        (await second.ReceiptAsync()).ShouldBe(receipt);
        second.Headers.GetValues("Idempotent-Replayed").Single().ShouldBe("true");
        (await portal.MessagesAsync(hook.TeammateId)).Count.ShouldBe(2);

        // What is sent anew is asked anew.
        if (header.Length > 0 && proof != HookProof.GitHub)
        {
            using var other = await SendAsync(hook, key, header, EntityId.New("msg"));
            (await other.ReceiptAsync()).ShouldNotBe(receipt);
        }

        portal.Clock.Advance(TimeSpan.FromHours(2));
        using var nextDay = await SendAsync(hook, key, header, id);
        (await nextDay.ReceiptAsync()).ShouldNotBe(receipt);
    }

    [Fact]
    public async Task A_message_captured_and_replayed_as_it_was_asks_nothing()
    {
        var hook = await portal.MakeHookAsync(HookProof.StandardWebhooks);
        var captured = portal.Proof(hook, Body);
        using var first = await portal.PostAsync(hook.Path, Body, headers: captured);
        var receipt = await first.ReceiptAsync();
        for (var replay = 0; replay < 3; replay++)
        {
            using var answer = await portal.PostAsync(hook.Path, Body, headers: captured);
            (await answer.ReceiptAsync()).ShouldBe(receipt);
        }

        portal.Clock.Advance(TimeSpan.FromSeconds(301));
        using var late = await portal.PostAsync(hook.Path, Body, headers: captured);
        await late.ShouldBeAsync(HttpStatusCode.Unauthorized, "invalid_proof");
        await portal.WhenIdleAsync();
        (await portal.MessagesAsync(hook.TeammateId)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task GitHub_signs_no_delivery_id_so_another_one_makes_no_new_message_of_a_captured_one()
    {
        var hook = await portal.MakeHookAsync(HookProof.GitHub);
        using var first = await portal.SendAsync(hook, Body, headers: ("X-GitHub-Delivery", "11111111-aaaa"));
        var receipt = await first.ReceiptAsync();
        using var replayed = await portal.SendAsync(hook, Body, headers: ("X-GitHub-Delivery", "22222222-bbbb"));
        (await replayed.ReceiptAsync()).ShouldBe(receipt);
        using var without = await portal.SendAsync(hook, Body);
        (await without.ReceiptAsync()).ShouldBe(receipt);
        await portal.WhenIdleAsync();
        (await portal.MessagesAsync(hook.TeammateId)).Count.ShouldBe(2);
    }

    [Theory]
    [InlineData(HookProof.StandardWebhooks, "webhook-id")]
    [InlineData(HookProof.GitHub, "X-GitHub-Delivery")]
    [InlineData(HookProof.Key, "Idempotency-Key")]
    public async Task Another_body_with_the_same_id_is_refused_and_not_asked(HookProof proof, string header)
    {
        var key = await portal.GenerateAsync();
        var hook = await portal.MakeHookAsync(proof, teammateId: key.TeammateId);
        var id = EntityId.New("msg");
        (await SendAsync(hook, key, header, id)).Dispose();
        using var other = await SendAsync(hook, key, header, id, """{"name": "Berta"}""");
        await other.ShouldBeAsync(HttpStatusCode.UnprocessableEntity, "idempotency_mismatch");
        await portal.WhenIdleAsync();
        (await portal.MessagesAsync(hook.TeammateId)).Count.ShouldBe(2);
        (await portal.RefusalsAsync(hook)).ShouldBe("OtherBody 1");
    }

    [Fact]
    public async Task The_same_id_at_another_hook_is_another_message()
    {
        var key = await portal.GenerateAsync();
        var (one, two) = (await portal.MakeHookAsync(HookProof.Key, teammateId: key.TeammateId), await portal.MakeHookAsync(HookProof.Key, teammateId: key.TeammateId));
        using var first = await SendAsync(one, key, "Idempotency-Key", "same");
        using var second = await SendAsync(two, key, "Idempotency-Key", "same");
        (await second.ReceiptAsync()).ShouldNotBe(await first.ReceiptAsync());
    }

    [Fact]
    public async Task A_repeat_during_the_work_gets_the_answer_at_once()
    {
        var hook = await portal.MakeHookAsync(HookProof.StandardWebhooks, "[hold] {{/name}}");
        var headers = portal.Proof(hook, Body);
        using var first = await portal.PostAsync(hook.Path, Body, headers: headers);
        var receipt = await first.ReceiptAsync();
        await portal.Model.WaitUntilHeldAsync();
        using var second = await portal.PostAsync(hook.Path, Body, headers: headers);
        (await second.ReceiptAsync()).ShouldBe(receipt);
        portal.Model.LetGo();
        await portal.WhenIdleAsync();
        (await portal.MessagesAsync(hook.TeammateId)).Count.ShouldBe(2);
    }

    [Theory]
    [InlineData(HookProof.StandardWebhooks)]
    [InlineData(HookProof.GitHub)]
    public async Task Many_at_once_ask_once(HookProof proof)
    {
        var hook = await portal.MakeHookAsync(proof);
        var headers = portal.Proof(hook, Body);
        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => portal.PostAsync(hook.Path, Body, headers: headers)));
        var receipts = new HashSet<(string, string)>();
        foreach (var answer in answers)
        {
            receipts.Add(await answer.ReceiptAsync());
            answer.Dispose();
        }

        receipts.ShouldHaveSingleItem();
        await portal.WhenIdleAsync();
        (await portal.MessagesAsync(hook.TeammateId)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task When_the_model_failed_a_repeat_takes_the_same_question_up_again()
    {
        var hook = await portal.MakeHookAsync(HookProof.StandardWebhooks, "[failonce] {{/name}}");
        var headers = portal.Proof(hook, Body);
        using var first = await portal.PostAsync(hook.Path, Body, headers: headers);
        var receipt = await first.ReceiptAsync();
        await portal.WhenIdleAsync();
        (await portal.MessagesAsync(hook.TeammateId))[1].Status.ShouldBe(MessageStatus.Failed);

        using var again = await portal.PostAsync(hook.Path, Body, headers: headers);
        (await again.ReceiptAsync()).ShouldBe(receipt);
        await portal.WhenIdleAsync();
        (await portal.MessagesAsync(hook.TeammateId)).Select(message => message.Status).ShouldBe([MessageStatus.Completed, MessageStatus.Completed]);
    }

    private Task<HttpResponseMessage> SendAsync(TestHook hook, TestKey key, string header, string id, string body = Body) => portal.PostAsync(
        hook.Path,
        body,
        headers: hook.Proof == HookProof.StandardWebhooks ? portal.Proof(hook, body, id: id) : [.. portal.Proof(hook, body, key), .. header.Length > 0 ? [(header, id)] : Array.Empty<(string, string)>()]);
}
