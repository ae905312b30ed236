using AImetier.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace AImetier.Portal.Features.Conversations;

/// <summary>
/// Marks replies as failed that no process works on any more: their lease has lapsed. It looks before the first request and then every ten
/// seconds. At the stop it waits for the asks to end.
/// </summary>
/// <param name="scopes">Makes the scope of each reply.</param>
/// <param name="runner">The asks of this process.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">The log.</param>
public sealed partial class LeftoverReplies(IServiceScopeFactory scopes, AskRunner runner, TimeProvider time, ILogger<LeftoverReplies> logger)
    : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    /// <inheritdoc/>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await FailLapsedAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await runner.WhenIdleAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await Task.Delay(Pause, time, stoppingToken);
            await FailLapsedAsync(stoppingToken);
        }
    }

    private async Task FailLapsedAsync(CancellationToken cancellationToken)
    {
        try
        {
            await FailLapsedNowAsync(cancellationToken);
        }
        catch (Exception e) when (e is System.Data.Common.DbException or DbUpdateException)
        {
            // The next look comes soon; the Portal goes on.
            LogLookFailed(e.GetType().Name);
        }
    }

    private async Task FailLapsedNowAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var scope = scopes.CreateAsyncScope();
        var leftovers = await scope.ServiceProvider.GetRequiredService<PortalDbContext>().Set<Message>().IgnoreQueryFilters()
            .Where(message => message.Status == MessageStatus.Working && (message.WorkedOnUntil == null || message.WorkedOnUntil < now))
            .Select(message => new { message.Id, message.WorkspaceId })
            .ToListAsync(cancellationToken);
        foreach (var leftover in leftovers.Where(leftover => runner.Find(leftover.Id) is null))
            await FailAsync(leftover.Id, leftover.WorkspaceId, cancellationToken);
    }

    private async Task FailAsync(string replyId, string workspaceId, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentWorkspace>().Set(workspaceId);
        var db = scope.ServiceProvider.GetRequiredService<PortalDbContext>();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await scope.ServiceProvider.GetRequiredService<ReplyEnding>().EndAsync(replyId, ReplyEnd.PortalStopped, text: null, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        LogLeftover(replyId);
    }

    [LoggerMessage(EventName = "ask.leftover", Level = LogLevel.Warning, Message = "Reply {ReplyId} was left unfinished and is marked failed")]
    private partial void LogLeftover(string replyId);

    [LoggerMessage(EventName = "ask.leftover_look_failed", Level = LogLevel.Warning, Message = "Unfinished replies could not be looked for ({Failure})")]
    private partial void LogLookFailed(string failure);
}
