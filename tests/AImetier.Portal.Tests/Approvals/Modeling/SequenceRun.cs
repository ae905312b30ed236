using System.Globalization;
using System.Security.Cryptography;
using AImetier.Portal.Data;
using AImetier.Portal.Features.ApiTokens;
using AImetier.Portal.Features.Approvals;
using AImetier.Portal.Features.Connectors;
using AImetier.Portal.Features.Teammates;
using Microsoft.Extensions.DependencyInjection;

namespace AImetier.Portal.Tests.Approvals.Modeling;

/// <summary>One sequence: each step is done by the real services and by the model, and afterwards both must agree about every approval.</summary>
/// <param name="portal">Where; it serves one sequence at a time.</param>
/// <param name="send">How approvals are sent.</param>
/// <param name="tally">Counts what happened.</param>
internal sealed class SequenceRun(ModelPortal portal, Func<IServiceProvider, string, Task<bool>> send, Tally tally)
{
    private static readonly Ending[] Endings = [Ending.Sent, Ending.Failed, Ending.Uncertain, Ending.Hangs, Ending.Throws, Ending.NotConnected, Ending.Saved];
    private static readonly TimeSpan[] Spans = [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(4), TimeSpan.FromMinutes(4), TimeSpan.FromDays(1), TimeSpan.FromDays(8)];
    private static readonly string NoHash = new('0', 64);
    private readonly List<ModelApproval> _approvals = [];
    private readonly Dictionary<string, (ModelApproval Approval, int Number, TaskCompletionSource<SendOutcome> Held, Task<bool> Task)> _hanging = new(StringComparer.Ordinal);
    private string _teammateId = "";
    private string _keyId = "";
    private bool _revoked;
    private bool _removed;
    private int _contents;

    /// <summary>Runs a sequence.</summary>
    public static async Task RunAsync(ModelPortal portal, Step[] steps, Func<IServiceProvider, string, Task<bool>> send, Tally tally)
    {
        var run = new SequenceRun(portal, send, tally);
        portal.Channel.Sends.Clear();
        run._teammateId = await portal.HireAsync();
        run._keyId = RandomNumberGenerator.GetString(TokenFormat.Alphabet, TokenFormat.IdLength);
        await run.AskAsync(2, bySetting: false);
        foreach (var step in steps)
        {
            await run.DoAsync(step);
            run.Look();
            tally.Count(step.Kind);
        }

        // Only what may wait at once counts toward the workspace's limit; nobody will decide these any more.
        portal.Run("""DELETE FROM "Approvals" WHERE "TeammateId" = $p0 AND "State" IN (0, 1)""", run._teammateId);
        tally.CountSequence(run._approvals.Count, run._approvals.Sum(one => one.Left));
    }

    private Task DoAsync(Step step)
    {
        var one = _approvals[step.Which % _approvals.Count];
        var now = portal.Clock.GetUtcNow();
        var even = step.Variant % 2 == 0;
        return step.Kind switch
        {
            StepKind.Ask => _removed ? Task.CompletedTask : AskAsync(1 + (step.Variant % 2), bySetting: step.Variant % 3 == 0),
            StepKind.Edit => EditAsync(one, step.Variant, now),
            StepKind.Approve => ApproveAsync(one, step.Variant % 8 == 0 ? StaleHash(one) : one.Hash, now),
            StepKind.Decline => DecideAsync(one.Decline(), service => service.DeclineAsync(one.Id, even ? "No" : null, portal.Person, CancellationToken.None)),
            StepKind.Send => SendAsync(one, Endings[step.Variant % Endings.Length], now),
            StepKind.SendTwiceAtOnce => SendTwiceAsync(one, Endings[step.Variant % 3], now),
            StepKind.Wake => WakeAsync(step, Endings[step.Variant % Endings.Length]),
            StepKind.GiveUp => GiveUpAsync(one, now),
            StepKind.SendAgain => DecideAsync(one.SendAgain(), service => service.SendAgainAsync(one.Id, portal.Person, CancellationToken.None)),
            StepKind.Arrived => DecideAsync(one.Arrived(), service => service.ArrivedAsync(one.Id, portal.Person, CancellationToken.None)),
            StepKind.SetAside => DecideAsync(one.SetAside(), service => service.SetAsideAsync(one.Id, portal.Person, CancellationToken.None)),
            StepKind.Expire => ExpireAsync(one, now),
            StepKind.Advance => AdvanceAsync(Spans[step.Variant % Spans.Length]),
            StepKind.Revoke => RevokeAsync(andDecline: step.Variant % 4 == 0),
            StepKind.Remove => RemoveAsync(),
            _ => TamperAsync(one, step.Variant),
        };
    }

    // ---- People ----
    private async Task AskAsync(int count, bool bySetting)
    {
        var contents = Enumerable.Range(0, count).Select(_ => NewContent()).ToList();
        var origin = new ApprovalOrigin(
            portal.Person.WorkspaceId, _teammateId, "conv_model", "msg_model", VisibleToKeys: true, new Requester(RequesterKind.Key, _keyId, "Website"), "{}");
        portal.Run("""UPDATE "Workspaces" SET "AskBeforeSending" = $p0""", !bySetting);
        var rows = await portal.InScopeAsync(async services =>
        {
            var db = services.GetRequiredService<PortalDbContext>();
            await using var transaction = await db.Database.BeginTransactionAsync();
            var asked = await services.GetRequiredService<ApprovalService>().RequestAsync(contents, origin, CancellationToken.None);
            await db.SaveChangesAsync();
            await transaction.CommitAsync();
            return asked;
        });
        Expect(count, rows.Count, "rows of one ask");
        _approvals.AddRange(rows.Select((row, at) => new ModelApproval(row.Id, contents[at].ToJson(), bySetting, portal.Clock.GetUtcNow())));
    }

    private Task ApproveAsync(ModelApproval one, string seen, DateTimeOffset now) =>
        DecideAsync(one.Approve(seen, now), service => service.ApproveAsync(one.Id, seen, portal.Person, CancellationToken.None));

    private Task EditAsync(ModelApproval one, int variant, DateTimeOffset now)
    {
        var seen = variant % 4 == 0 ? StaleHash(one) : one.Hash;
        var content = variant % 5 == 0 ? EmailContent.FromJson(one.Content) : NewContent();
        return DecideAsync(one.Edit(seen, content.ToJson(), now), service => service.EditAsync(one.Id, seen, content, portal.Person, CancellationToken.None));
    }

    private async Task DecideAsync(string expected, Func<ApprovalService, Task<DecideOutcome>> act) =>
        Expect(expected, (await portal.InScopeAsync(services => act(services.GetRequiredService<ApprovalService>()))).GetType().Name, "outcome");

    private async Task RevokeAsync(bool andDecline)
    {
        if (!_revoked)
        {
            // Only here does the key need a row: approvals name it, no more.
            await portal.KeyOfAsync(_teammateId, _keyId);
            Expect(true, await portal.InScopeAsync(services => services.GetRequiredService<TokenService>().RevokeAsync(_keyId, portal.Person, CancellationToken.None)), "revoked");
            _revoked = true;
        }

        if (!andDecline)
            return;
        var declined = _approvals.Count(one => one.Decline() == ModelApproval.Done);
        Expect(declined, await portal.InScopeAsync(services => services.GetRequiredService<ApprovalService>().DeclineOfKeyAsync(_keyId, portal.Person, CancellationToken.None)), "declined of the key");
    }

    private async Task RemoveAsync()
    {
        var outcome = await portal.InScopeAsync(services => services.GetRequiredService<TeammateService>().RemoveAsync(_teammateId, portal.Person, CancellationToken.None));
        Expect(_removed ? nameof(TeammateOutcome.NotFound) : nameof(TeammateOutcome.Done), outcome.GetType().Name, "removal");
        if (!_removed)
            _approvals.ForEach(one => one.Cancel());
        _removed = true;
    }

    // ---- The sender ----
    private async Task SendAsync(ModelApproval one, Ending ending, DateTimeOffset now)
    {
        var begun = portal.Channel.Prepare(ending);
        var attempt = portal.InScopeAsync(services => send(services, one.Id));
        await Task.WhenAny(attempt, begun);
        Left();
        if (!one.CanBeClaimed)
        {
            // One that began may hang, and then nobody would end it.
            Expect(false, begun.IsCompleted || await attempt, "tried");
            return;
        }

        one.Claim(now);
        if (!one.IsIntact)
        {
            Expect(nameof(InvalidOperationException), await EndAsync(attempt), "a try with other content");
        }
        else if (ending == Ending.Hangs)
        {
            if (portal.Channel.TakeHeld() is not { } held)
                throw new ModelBrokenException(Invariant.AsTheModelSays, $"{one.Id} was not tried.");
            _hanging[one.Id + one.Attempt.ToString(CultureInfo.InvariantCulture)] = (one, one.Attempt, held, attempt);
        }
        else
        {
            Expect("True", await EndAsync(attempt), "tried");
            one.End(one.Attempt, ending, _removed);
        }
    }

    private async Task SendTwiceAsync(ModelApproval one, Ending ending, DateTimeOffset now)
    {
        _ = portal.Channel.Prepare(ending);
        var ends = await Task.WhenAll(
            EndAsync(portal.InScopeAsync(services => send(services, one.Id))), EndAsync(portal.InScopeAsync(services => send(services, one.Id))));
        Left();
        var (claimable, intact) = (one.CanBeClaimed, one.IsIntact);
        Expect(claimable ? 1 : 2, ends.Count(end => end == "False"), "tries at once that did nothing");
        if (!claimable)
            return;
        Expect(1, ends.Count(end => end == (intact ? "True" : nameof(InvalidOperationException))), "tries at once that did something");
        one.Claim(now);
        if (intact)
            one.End(one.Attempt, ending, _removed);
    }

    // What hung comes to an end after all, perhaps long after it was given up. What is never woken is a crash.
    private async Task WakeAsync(Step step, Ending ending)
    {
        if (_hanging.Count == 0)
            return;
        var name = _hanging.Keys.Order(StringComparer.Ordinal).ElementAt(step.Which % _hanging.Count);
        var (one, number, held, task) = _hanging[name];
        _hanging.Remove(name);
        if (ending == Ending.Throws)
            held.SetException(new InvalidOperationException("This channel broke late."));
        else
            held.SetResult(RecordingChannel.OutcomeOf(ending));
        Expect("True", await EndAsync(task), "late end");
        if (ending == Ending.NotConnected)
            one.NeverLeft();
        one.End(number, ending, _removed);
    }

    private async Task GiveUpAsync(ModelApproval one, DateTimeOffset now)
    {
        one.GiveUp(now);
        await portal.InScopeAsync(async services =>
        {
            await services.GetRequiredService<ApprovalSender>().GiveUpAsync(one.Id, CancellationToken.None);
            return true;
        });
    }

    private async Task ExpireAsync(ModelApproval one, DateTimeOffset now)
    {
        one.Expire(now);
        await portal.InScopeAsync(async services =>
        {
            await services.GetRequiredService<ApprovalEnding>().ExpireAsync(one.Id, CancellationToken.None);
            return true;
        });
    }

    private Task AdvanceAsync(TimeSpan span)
    {
        portal.Clock.Advance(span);
        return Task.CompletedTask;
    }

    // ---- Somebody with the database file ----
    private Task TamperAsync(ModelApproval one, int variant)
    {
        var other = NewContent().ToJson();
        var (content, hash, approved) = (variant % 3) switch
        {
            0 => (other, one.Hash, one.ApprovedHash),
            1 => (other, EmailContent.HashOf(other), one.ApprovedHash),
            _ => (one.Content, one.Hash, NoHash),
        };
        one.Tamper(content, hash, approved);
        portal.Run(
            """UPDATE "Approvals" SET "Content" = $p1, "ContentHash" = $p2, "ApprovedHash" = $p3 WHERE "Id" = $p0""", one.Id, content, hash, (object?)approved ?? DBNull.Value);
        return Task.CompletedTask;
    }

    // ---- Looking ----
    private void Look()
    {
        Left();
        foreach (var one in _approvals)
        {
            var row = portal.Read(one.Id);
            if (tally.WasFinal(one.Id, row.State) is { } was)
                throw new ModelBrokenException(Invariant.FinalStatesStay, $"{one.Id} was {was} and is {row.State}.");
            Expect(new StoredApproval(one.State, one.Content, one.Hash, one.ApprovedHash, one.IsAside), row, one.Id);
            if (one.IsFinal)
                tally.Final(one.Id, row.State);
        }
    }

    private void Left()
    {
        while (portal.Channel.Sends.TryDequeue(out var sent))
            _approvals.Single(one => one.Id == sent.ApprovalId).Leave(sent.Hash);
    }

    private static async Task<string> EndAsync(Task<bool> attempt)
    {
        try
        {
            return (await attempt).ToString();
        }
        catch (InvalidOperationException e)
        {
            return e.GetType().Name;
        }
    }

    private static void Expect<T>(T expected, T actual, string what)
    {
        if (!EqualityComparer<T>.Default.Equals(expected, actual))
            throw new ModelBrokenException(Invariant.AsTheModelSays, $"{what}: expected {expected}, got {actual}.");
    }

    private static string StaleHash(ModelApproval one) => one.Hash == one.FirstHash ? NoHash : one.FirstHash;

    private EmailContent NewContent() => new("client@example.com", "Your order", $"Text {++_contents} for {_teammateId}.");
}
