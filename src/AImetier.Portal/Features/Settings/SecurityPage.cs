using AImetier.Portal.Features.Activity;
using AImetier.Portal.Features.Shared;

namespace AImetier.Portal.Features.Settings;

/// <summary>Settings &gt; Security: a page of the activity log with its filters.</summary>
/// <param name="Query">The filters as asked.</param>
/// <param name="Lines">The lines, newest first.</param>
/// <param name="People">Names by id, for the filter.</param>
/// <param name="Teammates">Names by id, for the filter and the lines.</param>
/// <param name="Pager">Ways on.</param>
/// <param name="AskBeforeSending">Whether that setting is on.</param>
public sealed record SecurityPage(
    ActivityQuery Query,
    IReadOnlyList<ActivityEntry> Lines,
    IReadOnlyDictionary<string, string> People,
    IReadOnlyDictionary<string, string> Teammates,
    PagerLinks Pager,
    bool AskBeforeSending);
