using AImetier.Portal.Data;
using AImetier.Portal.Features.Connectors;
using AImetier.Portal.Features.Webhooks;
using Microsoft.EntityFrameworkCore;

namespace AImetier.Portal.Features.NeedsAttention;

/// <summary>Looks every minute for businesses whose admins are to be told by e-mail that something waits, or that a webhook needs them.</summary>
/// <param name="scopes">Makes the scope of each look.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">The log.</param>
public sealed partial class WaitingNotices(IServiceScopeFactory scopes, TimeProvider time, ILogger<WaitingNotices> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await Task.Delay(Pause, time, stoppingToken);
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (Exception e) when (e is System.Data.Common.DbException or DbUpdateException)
            {
                // The next look comes in a minute.
                LogFailed(e.GetType().Name);
            }
        }
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        foreach (var workspaceId in await DueAsync(cancellationToken))
        {
            await using var scope = scopes.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<CurrentWorkspace>().Set(workspaceId);
            var told = await scope.ServiceProvider.GetRequiredService<WaitingNotice>().TellAsync(cancellationToken);
            if (told > 0)
                LogTold(workspaceId, told);
        }

        foreach (var workspaceId in await WithTroubleAsync(cancellationToken))
        {
            await using var scope = scopes.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<CurrentWorkspace>().Set(workspaceId);
            var told = await scope.ServiceProvider.GetRequiredService<WebhookNotice>().TellAsync(cancellationToken);
            if (told > 0)
                LogToldOfWebhooks(workspaceId, told);
        }
    }

    private async Task<List<string>> WithTroubleAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<WebhookTroubles>().WorkspacesToTellAsync(cancellationToken);
    }

    private async Task<List<string>> DueAsync(CancellationToken cancellationToken)
    {
        var latest = time.GetUtcNow() - WaitingNotice.AtMostEvery;
        await using var scope = scopes.CreateAsyncScope();

        // Across workspaces by intent; each notice then works within its own.
        return await scope.ServiceProvider.GetRequiredService<PortalDbContext>().Set<EmailConnector>().IgnoreQueryFilters()
            .Where(connector => connector.WaitingToldAt == null || connector.WaitingToldAt <= latest)
            .Select(connector => connector.WorkspaceId).ToListAsync(cancellationToken);
    }

    [LoggerMessage(EventName = "attention.told", Level = LogLevel.Information, Message = "{People} admins of {WorkspaceId} were told by e-mail that something waits")]
    private partial void LogTold(string workspaceId, int people);

    [LoggerMessage(EventName = "attention.told_of_webhooks", Level = LogLevel.Information, Message = "{People} admins of {WorkspaceId} were told by e-mail that a webhook needs them")]
    private partial void LogToldOfWebhooks(string workspaceId, int people);

    [LoggerMessage(EventName = "attention.notice_failed", Level = LogLevel.Warning, Message = "Admins could not be told that something waits ({Failure})")]
    private partial void LogFailed(string failure);
}
