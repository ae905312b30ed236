using System.Text;
using System.Text.Json;
using AImetier.Portal.Features.Activity;
using AImetier.Portal.Features.Webhooks;
using AImetier.Portal.Security;
using AImetier.Portal.Tests.Host;
using Microsoft.AspNetCore.Http;
using Shouldly;
using Xunit;

namespace AImetier.Portal.Tests.Webhooks;

/// <summary>From an event to a real receiver on this machine, through the running planner and sender.</summary>
public sealed class DeliveryTests(WebhookPortal portal) : IClassFixture<WebhookPortal>
{
    [Fact]
    public async Task An_event_reaches_its_endpoint_signed_and_is_told_in_the_log()
    {
        await using var receiver = await WebhookReceiver.StartAsync(context =>
        {
            context.Response.ContentType = "text/plain";
            return context.Response.WriteAsync("Merci <b>!</b>");
        });
        var (webhook, secret) = await portal.AddAsync($"{receiver.Address}/hooks?shop=1");
        var id = (await portal.PublishAsync(webhook.TeammateId)).Single();

        var got = await receiver.NextAsync();
        got.Id.ShouldBe(id);
        got.Headers["Content-Type"].ShouldBe("application/json; charset=utf-8");
        WebhookPortal.Check(got, secret).ShouldBeOfType<SignatureCheck.Good>();
        WebhookPortal.Check(got with { Body = Encoding.UTF8.GetBytes(got.Text + " ") }, secret).ShouldBeOfType<SignatureCheck.Mismatch>();
        var body = JsonDocument.Parse(got.Body).RootElement;
        body.GetProperty("type").GetString().ShouldBe("message.completed");
        body.GetProperty("data").GetProperty("teammateId").GetString().ShouldBe(webhook.TeammateId);
        body.GetProperty("timestamp").GetDateTime().Kind.ShouldBe(DateTimeKind.Utc);

        var delivery = (await portal.AttemptsAsync(webhook.Id, 1)).Single();
        var detail = await portal.DetailAsync(delivery.Id);
        (detail.Delivery.State, detail.Delivery.LastStatus, detail.Delivery.NextAttemptAt).ShouldBe((DeliveryState.Delivered, 200, null));
        detail.Body.ShouldBe(got.Text);
        var attempt = detail.Attempts.ShouldHaveSingleItem();
        (attempt.Number, attempt.Status, attempt.Failure, attempt.Url).ShouldBe((1, 200, null, $"{receiver.Address}/hooks?shop=1"));
        (attempt.Answer, attempt.AnswerType, attempt.AnswerCut).ShouldBe(("Merci <b>!</b>", "text/plain", false));
        attempt.RequestHeaders.ToDictionary()["webhook-signature"].ShouldBe(got.Signature);
        (await portal.SummaryAsync(webhook.Id)).LastSuccessAt.ShouldNotBeNull();
    }

    [Fact]
    public async Task Each_endpoint_gets_what_it_chose_from_when_it_was_added_on()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        var teammate = await portal.HireAsync();
        await portal.PublishAsync(teammate, type: "token.created");
        var (all, _) = await portal.AddAsync($"{receiver.Address}/all", teammate);
        var (tokens, _) = await portal.AddAsync($"{receiver.Address}/tokens", teammate, "token.created", "token.revoked");
        var (other, _) = await portal.AddAsync($"{receiver.Address}/other");
        var message = (await portal.PublishAsync(teammate)).Single();
        var token = (await portal.PublishAsync(teammate, type: "token.created")).Single();

        (await portal.AttemptsAsync(all.Id, 2)).Select(row => row.EventId).ShouldBe([message, token], ignoreOrder: true);
        (await portal.AttemptsAsync(tokens.Id, 1)).Select(row => row.EventId).ShouldBe([token]);
        (await portal.DeliveriesAsync(other.Id)).ShouldBeEmpty();
        receiver.All.Select(got => (got.Path, got.Id)).ShouldBe([("/all", message), ("/all", token), ("/tokens", token)], ignoreOrder: true);
    }

    [Fact]
    public async Task A_paused_endpoint_gets_what_happened_meanwhile_when_it_is_resumed()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        var (webhook, _) = await portal.AddAsync(receiver.Address);
        await portal.AsPersonAsync((WebhookService service, Actor actor) => service.PauseAsync(webhook.Id, actor, CancellationToken.None));
        var ids = await portal.PublishAsync(webhook.TeammateId, 3);
        await portal.UntilAsync(webhook.Id, rows => rows.Count == 3);
        (await portal.SummaryAsync(webhook.Id)).ShouldSatisfyAllConditions(summary => summary.State.ShouldBe(WebhookState.Paused), summary => summary.Waiting.ShouldBe(3));

        // The control: another endpoint is served while this one waits.
        var (active, _) = await portal.AddAsync(receiver.Address);
        await portal.PublishAsync(active.TeammateId);
        await portal.AttemptsAsync(active.Id, 1);
        receiver.All.Count.ShouldBe(1);

        await portal.AsPersonAsync((WebhookService service, Actor actor) => service.ResumeAsync(webhook.Id, actor, CancellationToken.None));
        (await portal.AttemptsAsync(webhook.Id, 3)).ShouldAllBe(row => row.State == DeliveryState.Delivered);
        receiver.All.Skip(1).Select(got => got.Id).Order(StringComparer.Ordinal).ShouldBe(ids.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_waits_goes_to_the_new_address_when_an_endpoint_is_changed()
    {
        await using var receiver = await WebhookReceiver.StartAsync(WebhookReceiver.Status(500));
        var (webhook, _) = await portal.AddAsync($"{receiver.Address}/old");
        await portal.PublishAsync(webhook.TeammateId);
        await portal.AttemptsAsync(webhook.Id, 1);
        await portal.AsPersonAsync((WebhookService service, Actor actor) => service.EditAsync(webhook.Id, WebhookPortal.Form($"{receiver.Address}/new"), actor, CancellationToken.None));
        receiver.Answer = WebhookReceiver.Status(200);
        var delivery = (await portal.NextAttemptAsync(webhook.Id)).Single();
        receiver.All.Select(got => got.Path).ShouldBe(["/old", "/new"]);
        (await portal.DetailAsync(delivery.Id)).Attempts.Select(attempt => new Uri(attempt.Url).AbsolutePath).ShouldBe(["/new", "/old"]);
    }

    [Fact]
    public async Task What_failed_is_tried_again_with_the_same_id_and_a_fresh_signature()
    {
        await using var receiver = await WebhookReceiver.StartAsync(WebhookReceiver.Status(500));
        var (webhook, secret) = await portal.AddAsync(receiver.Address);
        await portal.PublishAsync(webhook.TeammateId);
        var before = portal.Clock.GetUtcNow();
        var failed = (await portal.AttemptsAsync(webhook.Id, 1)).Single();
        (failed.State, failed.LastStatus, failed.LastFailure).ShouldBe((DeliveryState.Pending, 500, AttemptFailure.Status));
        (failed.DueAt - before).ShouldBeInRange(TimeSpan.FromSeconds(4.5), TimeSpan.FromSeconds(5.5));
        (await portal.SummaryAsync(webhook.Id)).State.ShouldBe(WebhookState.Failing);

        receiver.Answer = WebhookReceiver.Status(204);
        (await portal.NextAttemptAsync(webhook.Id)).Single().State.ShouldBe(DeliveryState.Delivered);
        var (first, second) = (receiver.All[0], receiver.All[1]);
        second.Id.ShouldBe(first.Id);
        second.Body.ShouldBe(first.Body);
        second.Timestamp.ShouldNotBe(first.Timestamp);
        WebhookPortal.Check(second, secret).ShouldBeOfType<SignatureCheck.Good>();
        (await portal.SummaryAsync(webhook.Id)).State.ShouldBe(WebhookState.Active);
        (await portal.DetailAsync(failed.Id)).Attempts.Select(attempt => attempt.Status).ShouldBe([204, 500]);
    }

    [Fact]
    public async Task After_ten_attempts_a_delivery_has_failed_and_a_person_can_have_it_sent_again()
    {
        await using var receiver = await WebhookReceiver.StartAsync(WebhookReceiver.Status(404));
        var (webhook, _) = await portal.AddAsync(receiver.Address);
        await portal.PublishAsync(webhook.TeammateId);
        await portal.AttemptsAsync(webhook.Id, 1);
        for (var attempt = 2; attempt <= RetrySchedule.Attempts; attempt++)
            await portal.NextAttemptAsync(webhook.Id);
        var failed = (await portal.DeliveriesAsync(webhook.Id)).Single();
        (failed.State, failed.Attempts).ShouldBe((DeliveryState.Failed, 10));
        receiver.All.Select(got => got.Id).Distinct(StringComparer.Ordinal).ShouldBe([failed.EventId]);

        receiver.Answer = WebhookReceiver.Status(200);
        var queued = await portal.AsPersonAsync((WebhookResending resending, Actor actor) => resending.ResendAsync(failed.Id, actor, CancellationToken.None));
        queued.ShouldBeOfType<ResendOutcome.Queued>().Delivery.State.ShouldBe(DeliveryState.Pending);
        (await portal.AttemptsAsync(webhook.Id, 11)).Single().State.ShouldBe(DeliveryState.Delivered);
        receiver.All[^1].Id.ShouldBe(failed.EventId);
        (await portal.ActsAsync(webhook.Id)).ShouldBe([ActivityAction.WebhookAdded, ActivityAction.WebhookResent]);
    }

    [Fact]
    public async Task A_receiver_that_answers_410_is_left_alone_at_once_and_what_happens_meanwhile_can_be_resent()
    {
        await using var receiver = await WebhookReceiver.StartAsync(WebhookReceiver.Status(410));
        var (webhook, _) = await portal.AddAsync(receiver.Address);
        var first = (await portal.PublishAsync(webhook.TeammateId)).Single();
        await portal.UntilAsync(webhook.Id, rows => rows.Any(row => row.State == DeliveryState.Failed));
        var disabled = await portal.SummaryAsync(webhook.Id);
        (disabled.State, disabled.DisabledReason).ShouldBe((WebhookState.Disabled, DisabledReason.Gone));
        var second = (await portal.PublishAsync(webhook.TeammateId)).Single();
        var kept = (await portal.UntilAsync(webhook.Id, rows => rows.Count == 2))[1];
        kept.State.ShouldBe(DeliveryState.Kept);
        receiver.All.Count.ShouldBe(1);
        (await ResendAsync(kept.Id)).ShouldBeOfType<ResendOutcome.Disabled>();
        (await ResendSinceAsync(webhook.Id)).ShouldBeOfType<ResendSinceOutcome.Disabled>();

        // A test tells whether it works again, before it is on again.
        receiver.Answer = WebhookReceiver.Status(200);
        var test = await portal.AsPersonAsync((WebhookResending resending, Actor actor) => resending.TestAsync(webhook.Id, actor, CancellationToken.None));
        await portal.UntilAsync(webhook.Id, rows => rows.Single(row => row.Id == test).State == DeliveryState.Delivered);

        await portal.AsPersonAsync((WebhookService service, Actor actor) => service.ResumeAsync(webhook.Id, actor, CancellationToken.None));
        (await ResendSinceAsync(webhook.Id)).ShouldBeOfType<ResendSinceOutcome.Started>().Progress.Total.ShouldBe(2);
        await portal.UntilAsync(webhook.Id, rows => rows.All(row => row.State == DeliveryState.Delivered));
        receiver.All.Select(got => got.Id).Where(id => id == first || id == second).Order(StringComparer.Ordinal).ShouldBe(new[] { first, first, second }.Order(StringComparer.Ordinal));
        (await portal.ActsAsync(webhook.Id)).ShouldBe(
            [ActivityAction.WebhookAdded, ActivityAction.WebhookDisabled, ActivityAction.WebhookTested, ActivityAction.WebhookResumed, ActivityAction.WebhookResent]);
    }

    [Theory]
    [InlineData("120", 120)]
    [InlineData("3600", 3600)]
    [InlineData("99999999999999999999999999", 86_400)]
    [InlineData("Fri, 31 Dec 9999 23:59:59 GMT", 86_400)]
    [InlineData("-5", 5)]
    [InlineData("soon", 5)]
    public async Task A_receiver_may_ask_for_a_pause_of_at_most_a_day(string asked, int seconds)
    {
        await using var receiver = await WebhookReceiver.StartAsync(context =>
        {
            context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
            context.Response.Headers.RetryAfter = asked;
            return Task.CompletedTask;
        });
        var (webhook, _) = await portal.AddAsync(receiver.Address);
        await portal.PublishAsync(webhook.TeammateId);
        var waits = (await portal.AttemptsAsync(webhook.Id, 1)).Single();
        (waits.DueAt - waits.PlannedAt).TotalSeconds.ShouldBeInRange(seconds * 0.9, seconds * 1.1);
        waits.State.ShouldBe(DeliveryState.Pending);

        // Nothing of it is to be tried later, where its receiver was.
        await portal.AsPersonAsync((WebhookService service, Actor actor) => service.RemoveAsync(webhook.Id, actor, CancellationToken.None));
    }

    [Fact]
    public async Task Removing_an_endpoint_stops_what_is_queued()
    {
        await using var receiver = await WebhookReceiver.StartAsync(WebhookReceiver.Status(500));
        var (webhook, _) = await portal.AddAsync(receiver.Address);
        var (other, _) = await portal.AddAsync($"{receiver.Address}/other");
        await portal.PublishAsync(webhook.TeammateId, 3);
        await portal.AttemptsAsync(webhook.Id, 3);
        (await portal.AsPersonAsync((WebhookService service, Actor actor) => service.RemoveAsync(webhook.Id, actor, CancellationToken.None))).ShouldBeTrue();
        await portal.PublishAsync(other.TeammateId);
        await portal.AttemptsAsync(other.Id, 1);
        receiver.Answer = WebhookReceiver.Status(200);

        // The control: the other endpoint's retry comes while these do not.
        await portal.NextAttemptAsync(other.Id);
        receiver.All.Count(got => got.Path == "/").ShouldBe(3);
        (await portal.DeliveriesAsync(webhook.Id)).ShouldAllBe(row => row.Attempts == 1);

        // Within the next hour they are forgotten with their endpoint.
        await portal.TrueAsync(async () =>
        {
            portal.Clock.Advance(TimeSpan.FromMinutes(5));
            return !await portal.ExistsAsync(webhook.Id);
        });
    }

    [Fact]
    public async Task A_test_is_tried_once_and_says_how_it_went()
    {
        await using var receiver = await WebhookReceiver.StartAsync(WebhookReceiver.Status(401));
        var (webhook, secret) = await portal.AddAsync(receiver.Address, null, "token.created");
        await portal.AsPersonAsync((WebhookService service, Actor actor) => service.PauseAsync(webhook.Id, actor, CancellationToken.None));
        var id = await portal.AsPersonAsync((WebhookResending resending, Actor actor) => resending.TestAsync(webhook.Id, actor, CancellationToken.None));
        await portal.UntilAsync(webhook.Id, rows => rows.Single().State == DeliveryState.Failed);
        var detail = await portal.DetailAsync(id!);
        (detail.Delivery.EventType, detail.Delivery.LastStatus, detail.Webhook.Failures).ShouldBe(("ping", 401, 0));
        var got = await receiver.NextAsync();
        WebhookPortal.Check(got, secret).ShouldBeOfType<SignatureCheck.Good>();
        JsonDocument.Parse(got.Body).RootElement.GetProperty("data").GetProperty("webhookId").GetString().ShouldBe(webhook.Id);
    }

    [Fact]
    public async Task Everything_that_failed_since_a_time_is_sent_again_with_progress()
    {
        await using var receiver = await WebhookReceiver.StartAsync(WebhookReceiver.Status(410));
        var (webhook, _) = await portal.AddAsync(receiver.Address);
        await portal.PublishAsync(webhook.TeammateId);
        await portal.UntilAsync(webhook.Id, rows => rows.All(row => row.State == DeliveryState.Failed) && rows.Count == 1);
        portal.Clock.Advance(TimeSpan.FromMinutes(1));
        var since = portal.Clock.GetUtcNow();
        portal.Clock.Advance(TimeSpan.FromMinutes(1));
        var ids = await portal.PublishAsync(webhook.TeammateId, ResendWork.MostAtOnce + 100);
        await portal.UntilAsync(webhook.Id, rows => rows.Count == ids.Count + 1);
        receiver.Answer = WebhookReceiver.Status(200);
        await portal.AsPersonAsync((WebhookService service, Actor actor) => service.ResumeAsync(webhook.Id, actor, CancellationToken.None));

        (await ResendSinceAsync(webhook.Id, since)).ShouldBeOfType<ResendSinceOutcome.Started>().Progress.Total.ShouldBe(ids.Count);
        await portal.UntilAsync(webhook.Id, rows => rows.Count(row => row.State == DeliveryState.Delivered) == ids.Count);
        var progress = await portal.AsPersonAsync((WebhookResending resending, Actor _) => resending.ProgressAsync(webhook.Id, CancellationToken.None));
        (progress!.Queued, progress.Delivered, progress.Failed, progress.IsDone).ShouldBe((ids.Count, ids.Count, 0, true));
        receiver.All.Skip(1).Select(got => got.Id).Order(StringComparer.Ordinal).ShouldBe(ids.Order(StringComparer.Ordinal));
        (await ResendSinceAsync(webhook.Id, since)).ShouldBeOfType<ResendSinceOutcome.Nothing>();
    }

    private Task<ResendOutcome> ResendAsync(string deliveryId) =>
        portal.AsPersonAsync((WebhookResending resending, Actor actor) => resending.ResendAsync(deliveryId, actor, CancellationToken.None));

    private Task<ResendSinceOutcome> ResendSinceAsync(string webhookId, DateTimeOffset since = default) =>
        portal.AsPersonAsync((WebhookResending resending, Actor actor) => resending.ResendSinceAsync(webhookId, since, actor, CancellationToken.None));
}
