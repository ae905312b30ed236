using CsCheck;

namespace AImetier.Portal.Tests.Approvals.Modeling;

/// <summary>Proves that the invariants see what they should: a bad copy of the sender must break them.</summary>
internal static class Control
{
    /// <summary>The bad copies, each with the invariant it breaks.</summary>
    public static readonly IReadOnlyList<(string Sender, Invariant Breaks)> All =
    [
        (nameof(Senders.BlindToContentAsync), Invariant.OnlyApprovedContentLeaves),
        (nameof(Senders.BlindToEndingsAsync), Invariant.NothingLeavesThatHasEnded),
        (nameof(Senders.TooEagerAsync), Invariant.NothingLeavesTwice),
    ];

    /// <summary>A sender by its name.</summary>
    public static Func<IServiceProvider, string, Task<bool>> Of(string sender) => sender switch
    {
        nameof(Senders.BlindToContentAsync) => Senders.BlindToContentAsync,
        nameof(Senders.BlindToEndingsAsync) => Senders.BlindToEndingsAsync,
        nameof(Senders.TooEagerAsync) => Senders.TooEagerAsync,
        _ => Senders.HonestAsync,
    };

    /// <summary>Runs sequences until one breaks an invariant.</summary>
    /// <returns>How many it took, or null when none of <paramref name="most"/> did.</returns>
    public static async Task<int?> CaughtAsync(ModelPortal portal, Func<IServiceProvider, string, Task<bool>> send, Invariant breaks, int most)
    {
        int? caught = null;
        var run = 0;
        var tally = new Tally();
        await Step.Sequences.SampleAsync(
            async steps =>
            {
                if (caught is not null)
                    return;
                run++;
                try
                {
                    await SequenceRun.RunAsync(portal, steps, send, tally);
                }
                catch (ModelBrokenException e)
                {
                    // What breaks the model alone does not count: the invariant itself must speak.
                    if (e.Invariant == breaks)
                        caught = run;
                }
            },
            iter: most,
            threads: 1);
        return caught;
    }
}
