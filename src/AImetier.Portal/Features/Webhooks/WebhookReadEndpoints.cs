using AImetier.Portal.Features.ApiTokens;
using AImetier.Portal.Features.Shared;

namespace AImetier.Portal.Features.Webhooks;

/// <summary>Endpoints with which a key reads where its teammate's events are sent, and how that goes. It can change nothing.</summary>
public static class WebhookReadEndpoints
{
    private static readonly Comparer<ListPlace> PlaceOrder = Comparer<ListPlace>.Create(
        (one, other) => one.Number != other.Number ? one.Number.CompareTo(other.Number) : string.CompareOrdinal(one.Id, other.Id));

    /// <summary>Maps <c>GET …/webhooks</c> and <c>GET …/webhooks/{webhookId}/deliveries</c>.</summary>
    /// <param name="routes">The application.</param>
    public static void MapWebhooks(this IEndpointRouteBuilder routes)
    {
        var teammate = routes.MapTeammateApi().AddEndpointFilter<AcceptsJson>().WithProblems("not_acceptable").WithTags("Webhooks");
        teammate.MapGet("/webhooks", ListAsync).WithName("listWebhooks").ProducesList<WebhookJson>()
            .WithSummary("List webhooks").WithDescription("Where the teammate's events are sent. Read only: an admin adds and changes endpoints in Settings > Developer.");
        teammate.MapGet("/webhooks/{webhookId}/deliveries", DeliveriesAsync).WithName("listWebhookDeliveries").ProducesList<DeliveryJson>().WithProblems("not_found")
            .WithSummary("List deliveries")
            .WithDescription("Every event for one endpoint of the last 30 days, with how its attempts went. What was sent and answered is for admins: it is in the log of Settings > Developer.");
    }

    private static async Task<IResult> ListAsync(HttpContext context, WebhookLog log, CancellationToken cancellationToken)
    {
        var (list, problem) = ListQuery.Read(context.Request.Query);
        if (list is null)
            return problem!;

        // There are ten at most: a part of them is cut here.
        var webhooks = (await log.ListAsync(TokenPrincipal.Of(context.User).TeammateId, cancellationToken)).OrderBy(PlaceOf, PlaceOrder).AsEnumerable();
        if (!list.Ascending)
            webhooks = webhooks.Reverse();
        if (list.After is { } after)
            webhooks = webhooks.Where(webhook => PlaceOrder.Compare(PlaceOf(webhook), after) * (list.Ascending ? 1 : -1) > 0);
        return TypedResults.Ok(list.Answer([.. webhooks.Take(list.Limit + 1)], PlaceOf, WebhookJson.Of));
    }

    private static async Task<IResult> DeliveriesAsync(string webhookId, HttpContext context, WebhookLog log, TimeProvider time, CancellationToken cancellationToken)
    {
        var (list, problem) = ListQuery.Read(context.Request.Query);
        if (list is null)
            return problem!;
        DeliveryState? state = null;
        if (context.Request.Query.TryGetValue("state", out var states) && (state = DeliveryJson.StateOf(states.ToString())) is null)
        {
            return ApiProblem.Of("validation_failed", "The query does not fit; 'errors' says which fields and why.", errors: new Dictionary<string, string[]>(StringComparer.Ordinal)
            {
                ["state"] = [$"It must be one of: {string.Join(", ", Enum.GetValues<DeliveryState>().Select(DeliveryJson.NameOf))}."],
            });
        }

        if (await log.FindAsync(webhookId, cancellationToken) is not { } webhook || webhook.TeammateId != TokenPrincipal.Of(context.User).TeammateId)
            return ApiProblem.Of("not_found", "This teammate has no such webhook.");
        var rows = await log.ReadAsync(webhookId, state, list.After, list.Ascending, list.Limit + 1, cancellationToken);
        return TypedResults.Ok(list.Answer(rows, WebhookLog.PlaceOf, row => DeliveryJson.Of(DeliverySummary.Of(row, time.GetUtcNow()))));
    }

    private static ListPlace PlaceOf(WebhookSummary webhook) => new(webhook.CreatedAt.UtcTicks, webhook.Id);
}
