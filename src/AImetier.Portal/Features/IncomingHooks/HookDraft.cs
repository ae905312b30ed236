namespace AImetier.Portal.Features.IncomingHooks;

/// <summary>What is typed to make a hook, as it was typed.</summary>
/// <param name="TeammateId">Id from outside.</param>
/// <param name="Name">Name.</param>
/// <param name="Template">Template; empty where the body shall stand as it is.</param>
/// <param name="Proof">Name of a <see cref="HookProof"/>.</param>
/// <param name="Secret">A secret that the sender gave; empty to have one made.</param>
/// <param name="Nonce">One-use value of the form, 16 to 64 characters.</param>
public sealed record HookDraft(string? TeammateId, string? Name, string? Template, string? Proof, string? Secret, string? Nonce)
{
    /// <summary>The kinds only: the secret stays out of logs and messages.</summary>
    public override string ToString() => nameof(HookDraft);
}
