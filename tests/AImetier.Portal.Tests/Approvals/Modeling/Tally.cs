using AImetier.Portal.Features.Approvals;

namespace AImetier.Portal.Tests.Approvals.Modeling;

/// <summary>Counts what happened over many sequences, and remembers which approvals have ended.</summary>
internal sealed class Tally
{
    private readonly Dictionary<string, ApprovalState> _final = new(StringComparer.Ordinal);
    private readonly int[] _steps = new int[Enum.GetValues<StepKind>().Length];

    public int Sequences { get; private set; }

    public int Approvals { get; private set; }

    public int Sends { get; private set; }

    public int Steps => _steps.Sum();

    /// <summary>Approvals that have ended, with the state they ended in.</summary>
    public IReadOnlyDictionary<string, ApprovalState> Ended => _final;

    public int Of(StepKind kind) => _steps[(int)kind];

    public void Count(StepKind kind) => _steps[(int)kind]++;

    public void CountSequence(int approvals, int sends)
    {
        Sequences++;
        Approvals += approvals;
        Sends += sends;
    }

    public void Final(string id, ApprovalState state) => _final[id] = state;

    /// <summary>The final state that an approval no longer has, or null.</summary>
    public ApprovalState? WasFinal(string id, ApprovalState now) => _final.TryGetValue(id, out var was) && was != now ? was : null;
}
