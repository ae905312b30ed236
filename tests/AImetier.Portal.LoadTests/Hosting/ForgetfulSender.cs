using AImetier.Portal.Data;
using AImetier.Portal.Features.Approvals;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace AImetier.Portal.LoadTests.Hosting;

/// <summary>A control: at its start it takes what was leaving for not sent, as a sender would that keeps nothing in mind of its attempts.</summary>
internal sealed class ForgetfulSender(IServiceScopeFactory scopes) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<PortalDbContext>().Set<Approval>().IgnoreQueryFilters()
            .Where(row => row.State == ApprovalState.Sending)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.State, ApprovalState.Approved), cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
