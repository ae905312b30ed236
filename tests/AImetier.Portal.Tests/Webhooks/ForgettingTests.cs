using AImetier.Portal.Features.Activity;
using AImetier.Portal.Features.Webhooks;
using AImetier.Portal.Tests.Host;
using Shouldly;
using Xunit;

namespace AImetier.Portal.Tests.Webhooks;

/// <summary>How long deliveries are kept.</summary>
public sealed class ForgettingTests(WebhookPortal portal) : IClassFixture<WebhookPortal>
{
    [Fact]
    public async Task Deliveries_are_kept_thirty_days_and_those_still_to_be_sent_longer()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        var (sent, _) = await portal.AddAsync(receiver.Address);
        var (paused, _) = await portal.AddAsync(receiver.Address);
        var (late, _) = await portal.AddAsync(receiver.Address);
        await portal.AsPersonAsync((WebhookService service, Actor actor) => service.PauseAsync(paused.Id, actor, CancellationToken.None));
        foreach (var webhook in new[] { sent, paused })
            await portal.PublishAsync(webhook.TeammateId, 3);
        var first = (await portal.AttemptsAsync(sent.Id, 3)).First();
        await portal.UntilAsync(paused.Id, rows => rows.Count == 3);
        (await portal.DetailAsync(first.Id)).Attempts.ShouldHaveSingleItem();

        portal.Clock.Advance(TimeSpan.FromDays(29));
        receiver.Answer = WebhookReceiver.Status(500);
        await portal.PublishAsync(late.TeammateId);
        await portal.AttemptsAsync(late.Id, 1);
        (await portal.DeliveriesAsync(sent.Id)).Count.ShouldBe(3);

        portal.Clock.Advance(TimeSpan.FromDays(1));
        await portal.TrueAsync(async () =>
        {
            portal.Clock.Advance(TimeSpan.FromMinutes(20));
            return (await portal.DeliveriesAsync(sent.Id)).Count == 0 && (await portal.DeliveriesAsync(paused.Id)).Count == 0;
        });
        (await portal.DeliveriesAsync(late.Id)).ShouldHaveSingleItem();
    }
}
