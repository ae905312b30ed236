using AImetier.Portal.Data;
using AImetier.Portal.Features.Webhooks;
using AImetier.Portal.Tests.Host;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace AImetier.Portal.Tests.Webhooks;

/// <summary>Several processes on one database, one that was killed, a clock that is set, and a Portal that stops.</summary>
public sealed class SenderProcessTests(WebhookPortal portal) : IClassFixture<WebhookPortal>
{
    [Fact]
    public async Task Two_processes_share_the_work_and_nothing_is_sent_twice()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var first = new WebhookPortal();
        await using var second = new WebhookPortal();
        second.With("Portal:DataDirectory", first.DataDirectory);
        var (webhook, _) = await first.AddAsync(receiver.Address);
        _ = second.Address;
        var ids = new List<string>();
        for (var round = 0; round < 10; round++)
        {
            ids.AddRange(await first.PublishAsync(webhook.TeammateId, 40));
            second.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        await first.UntilAsync(webhook.Id, rows => rows.Count(row => row.State == DeliveryState.Delivered) == ids.Count);
        receiver.All.Select(got => got.Id).Order(StringComparer.Ordinal).ShouldBe(ids.Order(StringComparer.Ordinal));
        (await first.DeliveriesAsync(webhook.Id)).ShouldAllBe(row => row.Attempts == 1);
    }

    [Fact]
    public async Task What_a_killed_process_had_claimed_is_sent_when_its_claim_lapses()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        var (webhook, _) = await portal.AddAsync(receiver.Address);
        await portal.PublishAsync(webhook.TeammateId);
        await portal.AttemptsAsync(webhook.Id, 1);
        await ClaimAsync(webhook.Id);
        (await portal.SummaryAsync(webhook.Id)).Waiting.ShouldBe(1);
        portal.Clock.Advance(DeliveryStore.Lease - TimeSpan.FromSeconds(5));
        await ControlAsync(receiver);
        receiver.All.Count(got => got.Path == "/").ShouldBe(1);

        portal.Pass(TimeSpan.FromSeconds(5));
        await portal.AttemptsAsync(webhook.Id, 2);
        receiver.All.Where(got => got.Path == "/").Select(got => got.Id).Distinct(StringComparer.Ordinal).Count().ShouldBe(1);
    }

    [Fact]
    public async Task A_result_that_comes_after_its_claim_lapsed_changes_nothing()
    {
        var (webhook, _) = await portal.AddAsync("http://127.0.0.1:9009/");
        await portal.AsPersonAsync((WebhookService service, Features.Activity.Actor actor) => service.PauseAsync(webhook.Id, actor, CancellationToken.None));
        await portal.PublishAsync(webhook.TeammateId);
        var delivery = (await portal.UntilAsync(webhook.Id, rows => rows.Count == 1)).Single();
        var claimed = new ClaimedDelivery(delivery.Id, "clm_lapsed", webhook.Id, delivery.EventId, delivery.EventType, delivery.Body, 0, 0, webhook.Url, []);
        var late = new FinishedAttempt(claimed, new AttemptResult(portal.Clock.GetUtcNow(), 5, webhook.Url, "", "", null, 200));
        await portal.InScopeAsync(services => services.GetRequiredService<DeliveryTurn>().RunAsync([late], [], CancellationToken.None));
        var after = (await portal.DeliveriesAsync(webhook.Id)).Single();
        (after.State, after.Attempts).ShouldBe((DeliveryState.Pending, 0));
        (await portal.DetailAsync(delivery.Id)).Attempts.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_clock_that_is_set_back_does_not_keep_deliveries_waiting()
    {
        await using var receiver = await WebhookReceiver.StartAsync(WebhookReceiver.Status(500));
        await using var own = new WebhookPortal();
        var (webhook, _) = await own.AddAsync(receiver.Address);
        await own.PublishAsync(webhook.TeammateId);
        await own.AttemptsAsync(webhook.Id, 1);
        receiver.Answer = WebhookReceiver.Status(200);

        // The retry was due in seconds; now that is an hour and some seconds away.
        own.Clock.AdjustTime(own.Clock.GetUtcNow() - TimeSpan.FromHours(1));
        own.Pass(TimeSpan.FromSeconds(1));
        (await own.UntilAsync(webhook.Id, rows => rows.Single().State == DeliveryState.Delivered)).Single().Attempts.ShouldBe(2);
    }

    [Fact]
    public async Task What_is_on_its_way_at_the_stop_ends_and_is_stored()
    {
        var answer = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var receiver = await WebhookReceiver.StartAsync(_ => answer.Task);
        await using var own = new WebhookPortal();
        var (webhook, _) = await own.AddAsync(receiver.Address);
        await own.PublishAsync(webhook.TeammateId);
        await receiver.NextAsync();
        var stopping = own.Services.GetServices<Microsoft.Extensions.Hosting.IHostedService>().OfType<DeliverySender>().Single().StopAsync(CancellationToken.None);
        answer.SetResult();
        await stopping.WaitAsync(Until.Longest);
        (await own.DeliveriesAsync(webhook.Id)).Single().ShouldSatisfyAllConditions(row => row.State.ShouldBe(DeliveryState.Delivered), row => row.ClaimId.ShouldBeNull());
    }

    // Claims as another process does that is then killed after it has sent: the row is as if it was never delivered.
    private Task<int> ClaimAsync(string webhookId) => portal.InScopeAsync(services => services.GetRequiredService<PortalDbContext>().Set<WebhookDelivery>().IgnoreQueryFilters()
        .Where(row => row.EndpointId == webhookId).ExecuteUpdateAsync(set => set
            .SetProperty(row => row.State, DeliveryState.Pending)
            .SetProperty(row => row.ClaimId, "clm_killed")
            .SetProperty(row => row.PlannedAt, portal.Clock.GetUtcNow())
            .SetProperty(row => row.DueAt, portal.Clock.GetUtcNow() + DeliveryStore.Lease)));

    // The sender has looked: something that came later has arrived.
    private async Task ControlAsync(WebhookReceiver receiver)
    {
        var (control, _) = await portal.AddAsync($"{receiver.Address}/control");
        await portal.PublishAsync(control.TeammateId);
        await portal.AttemptsAsync(control.Id, 1);
    }
}
