using AImetier.Portal.Data;
using AImetier.Portal.Features.Accounts;
using AImetier.Portal.Features.Activity;
using AImetier.Portal.Features.Connectors;
using AImetier.Portal.Features.NeedsAttention;
using AImetier.Portal.Features.Webhooks;
using AImetier.Portal.Tests.Connectors;
using AImetier.Portal.Tests.Host;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace AImetier.Portal.Tests.Webhooks;

/// <summary>What becomes of endpoints that fail for days, and how people learn of it.</summary>
public sealed class WebhookTroubleTests(WebhookPortal portal) : IClassFixture<WebhookPortal>
{
    [Fact]
    public async Task After_three_days_people_are_told_and_after_five_it_is_switched_off()
    {
        await using var receiver = await WebhookReceiver.StartAsync(WebhookReceiver.Status(500));
        var (webhook, _) = await portal.AddAsync(receiver.Address);
        await portal.PublishAsync(webhook.TeammateId);
        await portal.AttemptsAsync(webhook.Id, 1);
        var began = portal.Clock.GetUtcNow();
        await AttentionShowsAsync(webhook.Id, shows: false);
        while ((await portal.EndpointAsync(webhook.Id)).WarnedAt is null)
            await FailAgainAsync(webhook);
        (portal.Clock.GetUtcNow() - began).TotalDays.ShouldBeInRange(3, 3.6);
        (await portal.SummaryAsync(webhook.Id)).State.ShouldBe(WebhookState.Failing);
        await AttentionShowsAsync(webhook.Id, shows: true);

        // Two, for the attempt that has it switched off may be the last of one.
        await portal.PublishAsync(webhook.TeammateId, count: 2);
        while ((await portal.EndpointAsync(webhook.Id)).DisabledAt is null)
        {
            (portal.Clock.GetUtcNow() - began).TotalDays.ShouldBeLessThan(6.5);
            await FailAgainAsync(webhook);
        }

        (portal.Clock.GetUtcNow() - began).TotalDays.ShouldBeGreaterThan(5);
        var row = await portal.EndpointAsync(webhook.Id);
        (row.DisabledReason, row.Failures >= FailureRules.FewestFailures).ShouldBe((DisabledReason.Failing, true));
        (await portal.ActsAsync(webhook.Id))[^1].ShouldBe(ActivityAction.WebhookDisabled);
        (await portal.DeliveriesAsync(webhook.Id)).ShouldContain(delivery => delivery.State == DeliveryState.Kept);
        await AttentionShowsAsync(webhook.Id, shows: true);

        await portal.AsPersonAsync((WebhookService service, Actor actor) => service.ResumeAsync(webhook.Id, actor, CancellationToken.None));
        await AttentionShowsAsync(webhook.Id, shows: false);
    }

    [Fact]
    public async Task One_success_forgets_all_failures()
    {
        await using var receiver = await WebhookReceiver.StartAsync(WebhookReceiver.Status(500));
        var (webhook, _) = await portal.AddAsync(receiver.Address);
        await portal.PublishAsync(webhook.TeammateId);
        await portal.AttemptsAsync(webhook.Id, 1);
        var began = portal.Clock.GetUtcNow();
        for (var attempt = 0; attempt < 5; attempt++)
            await portal.NextAttemptAsync(webhook.Id);
        var passed = portal.Clock.GetUtcNow() - began;
        passed.TotalHours.ShouldBeInRange(6.8, 8.4);
        (await portal.EndpointAsync(webhook.Id)).ShouldSatisfyAllConditions(row => row.Failures.ShouldBe(6), row => row.FailingFor.ShouldBe(passed, TimeSpan.FromSeconds(1)));
        receiver.Answer = WebhookReceiver.Status(200);
        await portal.NextAttemptAsync(webhook.Id);
        (await portal.EndpointAsync(webhook.Id)).ShouldSatisfyAllConditions(
            row => row.Failures.ShouldBe(0), row => row.FailingFor.ShouldBe(TimeSpan.Zero), row => row.FailingSince.ShouldBeNull());
    }

    [Fact]
    public void A_clock_that_jumps_ahead_switches_nothing_off()
    {
        var endpoint = NewEndpoint();
        var now = portal.Clock.GetUtcNow();
        for (var failure = 0; failure < 20; failure++)
            endpoint.Fail(now.AddMinutes(failure));
        endpoint.Fail(now.AddYears(10));
        endpoint.Fail(now.AddMinutes(30));
        FailureRules.IsTooLong(endpoint.FailingFor, endpoint.Failures).ShouldBeFalse();

        // The control: failing every day for as many days does.
        for (var day = 0; day < 5; day++)
            endpoint.Fail(now.AddYears(10).AddDays(day));
        FailureRules.IsTooLong(endpoint.FailingFor, endpoint.Failures).ShouldBeTrue();
    }

    [Theory]
    [InlineData(5.0, 10, true)]
    [InlineData(5.0, 9, false)]
    [InlineData(4.99, 10, false)]
    [InlineData(4.99, 10_000, false)]
    [InlineData(400.0, 9, false)]
    public void It_takes_five_days_and_ten_failures(double days, int failures, bool tooLong) =>
        FailureRules.IsTooLong(TimeSpan.FromDays(days), failures).ShouldBe(tooLong);

    [Fact]
    public async Task Admins_see_where_to_look_members_see_that_somebody_does_and_both_are_counted()
    {
        await using var receiver = await WebhookReceiver.StartAsync(WebhookReceiver.Status(410));
        var (webhook, _) = await portal.AddAsync($"{receiver.Address}/?password=hidden");
        await portal.PublishAsync(webhook.TeammateId);
        await portal.UntilAsync(webhook.Id, rows => rows.Any(row => row.State == DeliveryState.Failed));
        using var admin = await new PortalBrowser(portal).SignInAsync();
        var page = await admin.GetPageAsync("/needs-attention");
        var shown = page.QuerySelector($"[data-webhook-id={webhook.Id}]")!;
        shown.QuerySelector("a")!.GetAttribute("href").ShouldBe($"/settings/developer/webhooks/{webhook.Id}");
        shown.TextContent.ShouldContain(webhook.Host);
        shown.TextContent.ShouldNotContain("hidden");
        shown.TextContent.ShouldNotContain("Webhook.");
        page.QuerySelector("[data-testid=attention-count]")!.TextContent.ShouldNotBe("0");

        using var member = await new PortalBrowser(portal).SignInAsync(await portal.AddPersonAsync(PersonRole.Member));
        (await member.GetPageAsync("/needs-attention")).QuerySelector($"[data-webhook-id={webhook.Id}]")!.QuerySelector("a").ShouldBeNull();

        // Whoever pauses it has seen it.
        await portal.AsPersonAsync((WebhookService service, Actor actor) => service.PauseAsync(webhook.Id, actor, CancellationToken.None));
        await AttentionShowsAsync(webhook.Id, shows: false);
    }

    [Fact]
    public async Task Admins_are_told_once_by_e_mail()
    {
        await using var receiver = await WebhookReceiver.StartAsync(WebhookReceiver.Status(410));
        var (webhook, _) = await portal.AddAsync(receiver.Address);
        await portal.PublishAsync(webhook.TeammateId);
        await portal.UntilAsync(webhook.Id, rows => rows.Any(row => row.State == DeliveryState.Failed));
        var workspaceId = await portal.WorkspaceIdAsync();
        (await TellAsync(workspaceId)).ShouldBe(0);
        (await portal.EndpointAsync(webhook.Id)).ToldAt.ShouldBeNull("no mail server is connected");

        await using var mail = new TestSmtpServer();
        await portal.InScopeAsync(
            services =>
            {
                var db = services.GetRequiredService<PortalDbContext>();
                db.Add(new EmailConnector
                {
                    WorkspaceId = workspaceId,
                    Host = "localhost",
                    Port = mail.Port,
                    Tls = EmailTls.None,
                    FromAddress = "bakery@example.com",
                    ChangedAt = portal.Clock.GetUtcNow(),
                });
                return db.SaveChangesAsync();
            },
            workspaceId);
        await Task.WhenAll(TellAsync(workspaceId), TellAsync(workspaceId), TellAsync(workspaceId));
        (await portal.EndpointAsync(webhook.Id)).ToldAt.ShouldNotBeNull();
        var told = mail.Messages.Where(message => message.Contains(webhook.Host, StringComparison.Ordinal)).ShouldHaveSingleItem();
        told.ShouldContain("wants no more events");
        (await TellAsync(workspaceId)).ShouldBe(0);
    }

    // A delivery fails for good after 68 to 83 hours, for each wait is up to a tenth shorter or longer; then a further event is to fail.
    private async Task FailAgainAsync(WebhookSummary webhook)
    {
        var rows = await portal.DeliveriesAsync(webhook.Id);
        if (rows.Any(row => row.State == DeliveryState.Pending))
        {
            await portal.NextAttemptAsync(webhook.Id);
            return;
        }

        await portal.PublishAsync(webhook.TeammateId);
        await portal.AttemptsAsync(webhook.Id, rows.Sum(row => row.Attempts) + 1);
    }

    private Task<int> TellAsync(string workspaceId) => portal.InScopeAsync(services => services.GetRequiredService<WebhookNotice>().TellAsync(CancellationToken.None), workspaceId);

    private async Task AttentionShowsAsync(string webhookId, bool shows)
    {
        var troubles = await portal.AsPersonAsync((WebhookTroubles all, Actor _) => all.ListAsync(CancellationToken.None));
        troubles.Any(trouble => trouble.WebhookId == webhookId).ShouldBe(shows);
    }

    private WebhookEndpoint NewEndpoint() => new()
    {
        Id = "we_1",
        WorkspaceId = "ws_1",
        TeammateId = "tm_1",
        Url = "https://example.com/",
        EventTypes = "",
        FormNonce = "",
        CreatedAt = portal.Clock.GetUtcNow(),
        CreatedById = "",
        CreatedByName = "",
        Position = 0,
    };
}
