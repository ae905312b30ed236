using AImetier.Portal.Data;
using AImetier.Portal.Features.Activity;
using AImetier.Portal.Features.Events;
using AImetier.Portal.Features.Teammates;
using AImetier.Portal.Features.Webhooks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AImetier.Portal.LoadTests.Hosting;

/// <summary>Addresses with which the load has the Portal do what its pages and its work do: add an endpoint, and store many events at once.</summary>
internal static class TwinWebhooks
{
    /// <summary>Adds an endpoint: <c>?teammate=…&amp;url=…</c>.</summary>
    public const string Endpoints = "/api/twins/webhooks";

    /// <summary>Stores events in one transaction: <c>?teammate=…&amp;count=…</c>.</summary>
    public const string Events = "/api/twins/events";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost(Endpoints, AddAsync).AllowAnonymous();
        routes.MapPost(Events, PublishAsync).AllowAnonymous();
    }

    private static async Task AddAsync(string teammate, string url, HttpContext context, CancellationToken cancellationToken)
    {
        var workspaceId = await WorkspaceAsync(context, teammate, cancellationToken);
        context.RequestServices.GetRequiredService<CurrentWorkspace>().Set(workspaceId);
        var outcome = await context.RequestServices.GetRequiredService<WebhookService>().AddAsync(
            teammate, new WebhookForm(url, WebhookEvents.All, null), EntityId.New("nonce"), Actor.System(workspaceId), cancellationToken);
        if (outcome is not AddWebhookOutcome.Added)
            throw new InvalidOperationException($"The endpoint was not added: {outcome}.");
    }

    private static async Task PublishAsync(string teammate, int count, HttpContext context, PortalDbContext db, EventPublisher events, CancellationToken cancellationToken)
    {
        var workspaceId = await WorkspaceAsync(context, teammate, cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        for (var n = 0; n < count; n++)
            await events.AddAsync(workspaceId, teammate, "message.completed", new { teammateId = teammate, conversationId = "cv_2b7d4f9h1k3m5p8r0t6w", number = n }, visibleToKeys: true, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private static Task<string> WorkspaceAsync(HttpContext context, string teammate, CancellationToken cancellationToken) =>
        context.RequestServices.GetRequiredService<PortalDbContext>().Set<Teammate>().IgnoreQueryFilters()
            .Where(row => row.Id == teammate).Select(row => row.WorkspaceId).SingleAsync(cancellationToken);
}
