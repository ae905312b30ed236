namespace AImetier.Portal.Features.Shared;

/// <summary>A page that says that something did not work.</summary>
/// <param name="Status">Status of the answer.</param>
/// <param name="RequestId">Id of the request, as in <c>X-Request-Id</c> and in the log.</param>
public sealed record ErrorPage(int Status, string RequestId)
{
    private static readonly int[] Explained = [400, 403, 404, 405, 429, 500, 503];

    /// <summary>Part of the resource keys: the status itself where it has words of its own, else 400 or 500 by whose mistake it is.</summary>
    public int Words => Explained.Contains(Status) ? Status : Status < 500 ? 400 : 500;

    /// <summary>Name of the drawing.</summary>
    public string Icon => Words switch
    {
        403 => "lock",
        404 => "search",
        429 or 503 => "clock",
        _ => "warning",
    };
}
