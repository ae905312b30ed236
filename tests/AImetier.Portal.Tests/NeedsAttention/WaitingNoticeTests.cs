using AImetier.Portal.Data;
using AImetier.Portal.Features.Connectors;
using AImetier.Portal.Features.NeedsAttention;
using AImetier.Portal.Tests.Host;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace AImetier.Portal.Tests.NeedsAttention;

/// <summary>When admins are told by e-mail that something waits.</summary>
public sealed class WaitingNoticeTests(AttentionPortal portal) : IClassFixture<AttentionPortal>
{
    [Fact]
    public async Task The_hour_is_taken_once_and_again_only_for_something_new()
    {
        var owner = await portal.AddWorkspaceAsync();
        await ConnectAsync(owner.WorkspaceId);
        await TellAsync(owner.WorkspaceId);
        (await ToldAtAsync(owner.WorkspaceId)).ShouldBeNull("nothing waits");

        await portal.RequestAsync(owner.WorkspaceId);
        portal.Clock.Advance(TimeSpan.FromSeconds(1));
        await Task.WhenAll(TellAsync(owner.WorkspaceId), TellAsync(owner.WorkspaceId));
        var first = await ToldAtAsync(owner.WorkspaceId);
        first.ShouldNotBeNull();

        portal.Clock.Advance(WaitingNotice.AtMostEvery);
        await TellAsync(owner.WorkspaceId);
        (await ToldAtAsync(owner.WorkspaceId)).ShouldBe(first, "nothing new waits");

        await portal.RequestAsync(owner.WorkspaceId);
        await TellAsync(owner.WorkspaceId);
        var second = await ToldAtAsync(owner.WorkspaceId);
        second!.Value.ShouldBeGreaterThan(first.Value);

        portal.Clock.Advance(TimeSpan.FromMinutes(30));
        await portal.RequestAsync(owner.WorkspaceId);
        await TellAsync(owner.WorkspaceId);
        (await ToldAtAsync(owner.WorkspaceId)).ShouldBe(second, "the hour is not over");
    }

    private Task<int> TellAsync(string workspaceId) => portal.InScopeAsync(services => services.GetRequiredService<WaitingNotice>().TellAsync(default), workspaceId);

    private Task<DateTimeOffset?> ToldAtAsync(string workspaceId) => portal.InScopeAsync(
        services => services.GetRequiredService<PortalDbContext>().Set<EmailConnector>().Select(connector => connector.WaitingToldAt).SingleAsync(), workspaceId);

    private Task<int> ConnectAsync(string workspaceId) => portal.InScopeAsync(
        services =>
        {
            var db = services.GetRequiredService<PortalDbContext>();
            db.Add(new EmailConnector
            {
                WorkspaceId = workspaceId,
                Host = "127.0.0.1",
                Port = 1,
                Tls = EmailTls.None,
                FromAddress = "bakery@example.com",
                ChangedAt = portal.Clock.GetUtcNow(),
            });
            return db.SaveChangesAsync();
        },
        workspaceId);
}
