using System.Globalization;

namespace AImetier.Portal.Features.Shared;

/// <summary>Which part of a list a client asks for: <c>?limit=</c>, <c>?cursor=</c>, <c>?order=</c>.</summary>
/// <param name="Limit">Most entries, 1 to 100; 20 unless told.</param>
/// <param name="Ascending">Whether the oldest come first; the newest do unless told.</param>
/// <param name="After">Place of the last entry that was read, or null at the beginning.</param>
public sealed record ListQuery(int Limit, bool Ascending, ListPlace? After)
{
    /// <summary>Most entries of an answer.</summary>
    public const int Most = 100;

    /// <summary>Entries of an answer unless told.</summary>
    public const int Usual = 20;

    /// <summary>Reads the query of a request.</summary>
    /// <param name="query">The request's query.</param>
    /// <returns>The query, or the problem to answer with.</returns>
    public static (ListQuery? List, IResult? Problem) Read(IQueryCollection query)
    {
        var errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
        var limit = Usual;
        if (query.TryGetValue("limit", out var limits) && (!int.TryParse(limits, NumberStyles.None, CultureInfo.InvariantCulture, out limit) || limit is < 1 or > Most))
            errors["limit"] = [$"It must be a whole number from 1 to {Most}."];
        string? order = query.TryGetValue("order", out var orders) ? orders.ToString() : "desc";
        if (order is not ("asc" or "desc"))
            errors["order"] = ["It must be 'asc' or 'desc'."];
        ListPlace? after = null;
        if (query.TryGetValue("cursor", out var cursors) && (after = ListPlace.Read(cursors.ToString())) is null)
            errors["cursor"] = ["It must be the 'nextCursor' of an answer, unchanged."];
        return errors.Count > 0
            ? (null, ApiProblem.Of("validation_failed", "The query does not fit; 'errors' says which fields and why.", errors: errors))
            : (new ListQuery(limit, order == "asc", after), null);
    }

    /// <summary>The answer with a part of a list.</summary>
    /// <param name="rows">At most <see cref="Limit"/> + 1 rows: one more than fits says that there are more.</param>
    /// <param name="placeOf">Place of a row.</param>
    /// <param name="show">What the client sees of a row.</param>
    public ListAnswer<TJson> Answer<TRow, TJson>(IReadOnlyList<TRow> rows, Func<TRow, ListPlace> placeOf, Func<TRow, TJson> show)
    {
        var shown = rows.Take(Limit).ToList();
        return new ListAnswer<TJson>([.. shown.Select(show)], rows.Count > Limit ? placeOf(shown[^1]).ToCursor() : null);
    }
}
