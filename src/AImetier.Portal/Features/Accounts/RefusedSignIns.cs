using System.Globalization;
using System.Threading.Channels;
using AImetier.Portal.Data;
using AImetier.Portal.Features.Activity;

namespace AImetier.Portal.Features.Accounts;

/// <summary>
/// Writes refused sign-ins to the activity log beside the request, several of one person as one line with their number. Written inside the
/// request, the write would make the answer for a known e-mail slower than for an unknown one.
/// </summary>
/// <param name="scopes">Makes the scope of a write.</param>
/// <param name="logger">Says when a write failed.</param>
public sealed partial class RefusedSignIns(IServiceScopeFactory scopes, ILogger<RefusedSignIns> logger) : BackgroundService
{
    private const int MostWaiting = 1000;
    private readonly Channel<RefusedSignIn> _waiting = Channel.CreateBounded<RefusedSignIn>(
        new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    /// <summary>Notes a refused try; never waits.</summary>
    /// <param name="refused">Whose password it was not.</param>
    public void Note(RefusedSignIn refused) => _waiting.Writer.TryWrite(refused);

    /// <inheritdoc/>
    public override Task StopAsync(CancellationToken cancellationToken)
    {
        _waiting.Writer.TryComplete();
        return base.StopAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Not canceled at the stop: the completed channel ends the loop once everything noted is written.
        while (await _waiting.Reader.WaitToReadAsync(CancellationToken.None))
        {
            var batch = new List<RefusedSignIn>();
            while (_waiting.Reader.TryRead(out var refused))
                batch.Add(refused);
            await WriteAsync(batch);
        }
    }

    private async Task WriteAsync(List<RefusedSignIn> batch)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var activity = scope.ServiceProvider.GetRequiredService<ActivityLog>();
            foreach (var person in batch.GroupBy(refused => refused))
            {
                var count = person.Count().ToString(CultureInfo.InvariantCulture);
                activity.Add(Actor.System(person.Key.WorkspaceId), ActivityAction.SignInRefused, person.Key.PersonId, person.Key.DisplayName, detail: count);
            }

            await scope.ServiceProvider.GetRequiredService<PortalDbContext>().SaveChangesAsync();
        }
        catch (Exception e) when (e is System.Data.Common.DbException or Microsoft.EntityFrameworkCore.DbUpdateException)
        {
            NotWritten(batch.Count, e);
        }
    }

    [LoggerMessage(EventName = "sign-in.refused-not-written", Level = LogLevel.Warning, Message = "{Count} refused sign-ins could not be written to the activity log")]
    private partial void NotWritten(int count, Exception exception);
}
