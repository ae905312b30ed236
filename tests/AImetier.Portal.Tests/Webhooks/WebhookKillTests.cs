using AImetier.Portal.Tests.Webhooks.Killing;
using Shouldly;
using Xunit;

namespace AImetier.Portal.Tests.Webhooks;

/// <summary>A slice of the campaign that the load tests run at length.</summary>
public sealed class WebhookKillTests
{
    [Fact]
    public async Task Twenty_kills_with_five_thousand_events_under_way_lose_nothing()
    {
        var tally = await new KillCampaign(kills: 20, inFlight: 5000, processes: 2).RunAsync(CancellationToken.None);
        tally.Kills.ShouldBe(20);
        tally.Published.ShouldBeGreaterThanOrEqualTo(5000);
        tally.MidAttempt.ShouldBeGreaterThan(0, "kills must hit somebody at work");
        tally.ShouldSatisfyAllConditions(
            () => tally.Lost.ShouldBe(0),
            () => tally.Undelivered.ShouldBe(0),
            () => tally.Strangers.ShouldBe(0),
            () => tally.Planned.ShouldBe(tally.Published),
            () => tally.Database.ShouldBe("ok"));
    }
}
