using AImetier.Portal.Features.Events;
using AImetier.Portal.Features.Shared;

namespace AImetier.Portal.Features.ApiTokens;

/// <summary>The events of a key's teammate, as a stream that can be resumed or as a list.</summary>
public static class EventEndpoints
{
    private const int Batch = 100;
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(15);

    /// <summary>Maps <c>GET /api/v1/teammates/{id}/events</c>.</summary>
    /// <param name="routes">The application.</param>
    public static void MapEvents(this IEndpointRouteBuilder routes) =>
        routes.MapTeammateApi().MapGet("/events", ReadAsync).WithName("listEvents").WithTags("Events")
            .ProducesList<ListedEventJson>(EventStreamWriter.ContentType).WithProblems("not_acceptable", "events_expired")
            .WithSummary("Follow or list events")
            .WithDescription(
                """
                With `Accept: text/event-stream`, which is also what an absent `Accept` means: a long-lived stream. Every event has its id in `id`, its type in `event`,
                and the same JSON in `data` as the webhook of that name. It begins with what happens next, or after `Last-Event-ID`: then nothing of the last 30 days is lost.
                An event may come twice; ignore an id that you have seen. A comment every 15 seconds shows that the connection lives. The stream ends within one second of the key's revocation.

                With `Accept: application/json`: the same events as a list.
                """);

    private static async Task<IResult> ReadAsync(
        HttpContext context, EventReader events, EventPulse pulse, KeyWatch watch, TimeProvider time, CancellationToken cancellationToken)
    {
        var accept = context.Request.Headers.Accept;
        var (asStream, asList) = (AcceptHeader.QualityOf(EventStreamWriter.ContentType, accept), AcceptHeader.QualityOf(AcceptHeader.Json, accept));
        if (asStream is 0 && asList is 0)
            return ApiProblem.Of("not_acceptable", "Send 'Accept: text/event-stream' or 'Accept: application/json'.");

        var key = TokenPrincipal.Of(context.User);
        if (asStream < asList)
            return await ListAsync(context.Request.Query, key.TeammateId, events, cancellationToken);

        var position = await StartAsync(context.Request, key.TeammateId, events, cancellationToken);
        if (position is not { } start)
            return ApiProblem.Of("events_expired", "The Last-Event-ID is unknown, or older than 30 days. Read what you missed with the lists, and start without it.");
        await watch.RunAsync(
            key.TokenId, token => StreamAsync(EventStreamWriter.Begin(context.Response), key, start, events, pulse, watch, time, token), cancellationToken);
        return TypedResults.Empty;
    }

    private static async Task<IResult> ListAsync(IQueryCollection query, string teammateId, EventReader events, CancellationToken cancellationToken)
    {
        var (list, problem) = ListQuery.Read(query);
        if (list is null)
            return problem!;
        var rows = list.Ascending
            ? await events.AfterAsync(teammateId, list.After?.Number ?? 0, list.Limit + 1, cancellationToken)
            : await events.BeforeAsync(teammateId, list.After?.Number ?? long.MaxValue, list.Limit + 1, cancellationToken);
        return TypedResults.Ok(list.Answer(rows, row => new ListPlace(row.Position, ""), EventBody.WithIdOf));
    }

    private static async Task<long?> StartAsync(HttpRequest request, string teammateId, EventReader events, CancellationToken cancellationToken) =>
        request.Headers.TryGetValue("Last-Event-ID", out var last) && last.ToString() is { Length: > 0 } id
            ? await events.PositionOfAsync(teammateId, id, cancellationToken)
            : await events.LatestAsync(teammateId, cancellationToken);

    private static async Task StreamAsync(
        EventStreamWriter stream, TokenPrincipal key, long position, EventReader events, EventPulse pulse, KeyWatch watch, TimeProvider time, CancellationToken cancellationToken)
    {
        await stream.CommentAsync("open", cancellationToken);
        while (true)
        {
            // The counter also counts what keys may not see: how far was looked is remembered apart from what was found.
            var latest = await events.LatestAsync(key.TeammateId, cancellationToken);
            var rows = await events.AfterAsync(key.TeammateId, position, Batch, cancellationToken);
            foreach (var row in rows)
            {
                if (!watch.StillGood(key.TokenId))
                    return;
                await stream.WriteAsync(row.Id, row.Type, EventBody.TextOf(row), cancellationToken);
                position = row.Position;
            }

            if (rows.Count == Batch)
                continue;
            position = Math.Max(position, latest);
            while (!await WhenAfterAsync(pulse, key.TeammateId, position, time, cancellationToken))
                await stream.CommentAsync("quiet", cancellationToken);
        }
    }

    private static async Task<bool> WhenAfterAsync(EventPulse pulse, string teammateId, long position, TimeProvider time, CancellationToken cancellationToken)
    {
        using var quiet = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var more = pulse.WhenAfterAsync(teammateId, position, quiet.Token);
        var first = await Task.WhenAny(more, Task.Delay(Quiet, time, quiet.Token));
        await quiet.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
        return first == more;
    }
}
