using AImetier.Portal.Features.Shared;
using ModelContextProtocol.Protocol;

namespace AImetier.Portal.Features.Mcp;

/// <summary>Which part of a list a tool is asked for, the newest first.</summary>
internal static class ToolList
{
    /// <summary>Words of the argument <c>limit</c>.</summary>
    public const string Limit = "Most entries of the answer, 1 to 100.";

    /// <summary>Words of the argument <c>cursor</c>.</summary>
    public const string Cursor = "The nextCursor of the answer before, unchanged, for what comes after it.";

    /// <summary>Checks the arguments.</summary>
    /// <param name="limit">Most entries.</param>
    /// <param name="cursor">Where the part begins, or null.</param>
    /// <returns>The query, or the answer that says what is wrong.</returns>
    public static (ListQuery? List, CallToolResult? Error) Read(int limit, string? cursor)
    {
        if (limit is < 1 or > ListQuery.Most)
            return (null, ToolAnswer.Error("validation_failed", $"The argument 'limit' must be from 1 to {ListQuery.Most}."));
        if (cursor is null)
            return (new ListQuery(limit, Ascending: false, After: null), null);
        return ListPlace.Read(cursor) is { } place
            ? (new ListQuery(limit, Ascending: false, place), null)
            : (null, ToolAnswer.Error("validation_failed", "The argument 'cursor' must be the nextCursor of an answer, unchanged."));
    }
}
