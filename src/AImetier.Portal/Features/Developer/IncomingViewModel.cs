using AImetier.Portal.Features.IncomingHooks;
using AImetier.Portal.Features.Teammates;

namespace AImetier.Portal.Features.Developer;

/// <summary>The list of incoming hooks in Settings &gt; Developer.</summary>
/// <param name="Teammate">The picked teammate.</param>
/// <param name="Hooks">Its hooks, newest first.</param>
public sealed record IncomingViewModel(Teammate Teammate, IReadOnlyList<HookSummary> Hooks)
{
    /// <summary>Whether one more may be made.</summary>
    public bool HasRoom => Hooks.Count < IncomingHook.MostOfTeammate;
}
