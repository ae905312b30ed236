using AImetier.Portal.Tests.Approvals.Modeling;
using AImetier.Portal.Tests.Host;
using CsCheck;
using Shouldly;
using Xunit;

namespace AImetier.Portal.Tests.Approvals;

/// <summary>
/// Random sequences of everything that may happen to approvals, over the real services and a real database file, beside a simple model. The load
/// tests run many more of them: scenario <c>approvals</c>.
/// </summary>
public sealed class ApprovalModelTests
{
    private const int Sequences = 300;

    [Fact]
    public async Task Whatever_happens_only_approved_content_leaves_once_and_every_row_is_as_the_model_says()
    {
        await using var portal = await ModelPortal.CreateAsync();
        var tally = new Tally();
        await Step.Sequences.SampleAsync(steps => SequenceRun.RunAsync(portal, steps, Senders.HonestAsync, tally), iter: Sequences, threads: 1, print: Step.Print);
        tally.Sequences.ShouldBe(Sequences);
        tally.Sends.ShouldBeGreaterThan(Sequences / 10);
        foreach (var (id, state) in tally.Ended)
            portal.Read(id).State.ShouldBe(state);
    }

    [Theory]
    [InlineData(nameof(Senders.BlindToContentAsync), nameof(Invariant.OnlyApprovedContentLeaves))]
    [InlineData(nameof(Senders.BlindToEndingsAsync), nameof(Invariant.NothingLeavesThatHasEnded))]
    [InlineData(nameof(Senders.TooEagerAsync), nameof(Invariant.NothingLeavesTwice))]
    public async Task A_sender_that_does_not_ask_is_caught(string sender, string invariant)
    {
        await using var portal = await ModelPortal.CreateAsync();
        (await Control.CaughtAsync(portal, Control.Of(sender), Enum.Parse<Invariant>(invariant), most: 2_000)).ShouldNotBeNull();
    }

    // A try that hangs is awaited by nobody: where none may begin, its beginning alone must be seen.
    [Fact]
    public async Task A_try_that_hangs_where_none_may_begin_is_caught_too()
    {
        await using var portal = await ModelPortal.CreateAsync();
        Step[] steps = [new(StepKind.Approve, 0, 1), new(StepKind.Tamper, 0, 2), new(StepKind.Send, 0, 3)];
        await SequenceRun.RunAsync(portal, steps, Senders.HonestAsync, new Tally());
        (await Should.ThrowAsync<ModelBrokenException>(() => SequenceRun.RunAsync(portal, steps, Senders.BlindToContentAsync, new Tally()).WaitAsync(Until.Longest)))
            .Invariant.ShouldBe(Invariant.AsTheModelSays);
    }
}
