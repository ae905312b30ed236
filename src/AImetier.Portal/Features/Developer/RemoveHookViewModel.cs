using AImetier.Portal.Features.IncomingHooks;
using AImetier.Portal.Features.Teammates;

namespace AImetier.Portal.Features.Developer;

/// <summary>The confirmation before an incoming hook is removed.</summary>
/// <param name="Hook">The hook.</param>
/// <param name="Teammate">Whom it is for.</param>
/// <param name="Waiting">How many things that it asked for still wait for an OK.</param>
public sealed record RemoveHookViewModel(HookSummary Hook, Teammate Teammate, int Waiting);
