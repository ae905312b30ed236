using AImetier.Portal.Features.IncomingHooks;

namespace AImetier.Portal.Features.Developer;

/// <summary>What the forms of an incoming hook post, as it was typed.</summary>
public sealed class HookForm
{
    /// <summary>Id of the picked teammate; for a new hook.</summary>
    public string? Teammate { get; set; }

    /// <summary>Name.</summary>
    public string? Name { get; set; }

    /// <summary>Template.</summary>
    public string? Template { get; set; }

    /// <summary>Name of a <see cref="HookProof"/>; for a new hook.</summary>
    public string? Proof { get; set; } = nameof(HookProof.Key);

    /// <summary>A secret that the sender gave. It is never shown again.</summary>
    public string? Secret { get; set; }

    /// <summary>The secret, sealed while the person proved who they are.</summary>
    public string? SecretSealed { get; set; }

    /// <summary>One-use value of the form.</summary>
    public string? Nonce { get; set; }

    /// <summary>A sample of what the sender would post.</summary>
    public string? Sample { get; set; }

    /// <summary>Content type of the sample.</summary>
    public string? SampleType { get; set; }

    /// <summary>The form of a hook before anybody typed.</summary>
    /// <param name="hook">The hook.</param>
    public static HookForm Of(HookSummary hook) => new() { Name = hook.Name, Template = hook.Template, Sample = HookSetup.SampleBody, SampleType = HookSetup.SampleTypes[0] };
}
