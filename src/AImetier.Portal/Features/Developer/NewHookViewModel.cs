using AImetier.Portal.Features.Teammates;

namespace AImetier.Portal.Features.Developer;

/// <summary>The form of a new incoming hook.</summary>
/// <param name="Teammate">Whom it is for.</param>
/// <param name="Form">What was typed.</param>
/// <param name="Nonce">One-use value of the form.</param>
public sealed record NewHookViewModel(Teammate Teammate, HookForm Form, string Nonce);
