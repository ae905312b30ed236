using AImetier.Portal.Features.IncomingHooks;
using AImetier.Portal.Features.Teammates;

namespace AImetier.Portal.Features.Developer;

/// <summary>The page of an incoming hook.</summary>
/// <param name="Hook">The hook.</param>
/// <param name="Teammate">Whom it is for.</param>
/// <param name="Address">Absolute address that senders post to.</param>
/// <param name="MadeByReader">Whether the person who looks made it.</param>
/// <param name="Refusals">What it refused lately.</param>
/// <param name="Form">Name, template and sample, as they were typed.</param>
/// <param name="Nonce">One-use value of the form that replaces the secret.</param>
public sealed record HookViewModel(
    HookSummary Hook, Teammate Teammate, string Address, bool MadeByReader, IReadOnlyList<HookRefusal> Refusals, HookForm Form, string Nonce)
{
    /// <summary>What the teammate would be asked with the sample, or why nothing; null until it is tried.</summary>
    public HookQuestion? Tried { get; init; }

    /// <summary>The secret that was just made, or null.</summary>
    public NewHookSecretViewModel? NewSecret { get; init; }
}
