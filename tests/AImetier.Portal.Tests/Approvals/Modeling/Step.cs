using CsCheck;

namespace AImetier.Portal.Tests.Approvals.Modeling;

/// <summary>One thing that happens in a sequence.</summary>
/// <param name="Kind">What.</param>
/// <param name="Which">To which of the sequence's approvals, counted round.</param>
/// <param name="Variant">In which way; each kind reads it as it needs.</param>
internal readonly record struct Step(StepKind Kind, int Which, int Variant)
{
    // Weighed so that sequences get far: most approvals are approved, tried and tried again before something ends them.
    private static readonly Gen<StepKind> Kinds = Gen.Frequency(
        (1, StepKind.Ask),
        (3, StepKind.Edit),
        (10, StepKind.Approve),
        (1, StepKind.Decline),
        (14, StepKind.Send),
        (2, StepKind.SendTwiceAtOnce),
        (2, StepKind.Wake),
        (3, StepKind.GiveUp),
        (4, StepKind.SendAgain),
        (1, StepKind.Arrived),
        (1, StepKind.SetAside),
        (1, StepKind.Expire),
        (3, StepKind.Advance),
        (1, StepKind.Revoke),
        (1, StepKind.Remove),
        (3, StepKind.Tamper));

    /// <summary>About ten steps in a row.</summary>
    public static readonly Gen<Step[]> Sequences =
        Gen.Select(Kinds, Gen.Int[0, 3], Gen.Int[0, 999], (kind, which, variant) => new Step(kind, which, variant)).Array[6, 14];

    /// <summary>A sequence as a failure shows it.</summary>
    public static string Print(Step[] steps) => string.Join(", ", steps.Select(step => $"{step.Kind}({step.Which}, {step.Variant})"));
}
