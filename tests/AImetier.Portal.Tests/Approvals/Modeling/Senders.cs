using AImetier.Portal.Data;
using AImetier.Portal.Features.Approvals;
using AImetier.Portal.Features.Connectors;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AImetier.Portal.Tests.Approvals.Modeling;

/// <summary>The Portal's way of sending, and bad copies of it, which the invariants must catch: else they prove nothing.</summary>
internal static class Senders
{
    /// <summary>As the Portal does it.</summary>
    public static Task<bool> HonestAsync(IServiceProvider services, string id) => services.GetRequiredService<ApprovalSender>().SendAsync(id);

    /// <summary>Asks whether it was approved, but not what.</summary>
    public static Task<bool> BlindToContentAsync(IServiceProvider services, string id) => SendAsync(services, id, state => state == ApprovalState.Approved);

    /// <summary>Sends what people have ended.</summary>
    public static Task<bool> BlindToEndingsAsync(IServiceProvider services, string id) =>
        SendAsync(services, id, state => state is ApprovalState.Approved or ApprovalState.Canceled or ApprovalState.Expired, checks: true);

    /// <summary>Tries again by itself what failed or may have left.</summary>
    public static Task<bool> TooEagerAsync(IServiceProvider services, string id) =>
        SendAsync(services, id, state => state is ApprovalState.Approved or ApprovalState.Failed or ApprovalState.Uncertain, checks: true);

    private static async Task<bool> SendAsync(IServiceProvider services, string id, Func<ApprovalState, bool> open, bool checks = false)
    {
        var rows = services.GetRequiredService<PortalDbContext>().Set<Approval>().Where(one => one.Id == id);
        var row = await rows.AsNoTracking().SingleAsync();
        if (!open(row.State) || (checks && EmailContent.HashOf(row.Content) != row.ApprovedHash))
            return false;
        await rows.ExecuteUpdateAsync(set => set.SetProperty(one => one.State, ApprovalState.Sending));
        var state = await TryAsync(services.GetRequiredService<IOutwardChannel>(), row);
        await rows.ExecuteUpdateAsync(set => set.SetProperty(one => one.State, state));
        return true;
    }

    private static async Task<ApprovalState> TryAsync(IOutwardChannel channel, Approval row)
    {
        try
        {
            return await channel.SendAsync(row.Id, row.ReadContent(), CancellationToken.None) switch
            {
                SendOutcome.Sent => ApprovalState.Sent,
                SendOutcome.Saved => ApprovalState.Saved,
                SendOutcome.Failed => ApprovalState.Failed,
                SendOutcome.NotConnected => ApprovalState.Approved,
                _ => ApprovalState.Uncertain,
            };
        }
        catch (InvalidOperationException)
        {
            return ApprovalState.Uncertain;
        }
    }
}
