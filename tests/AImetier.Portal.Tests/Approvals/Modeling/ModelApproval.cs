using AImetier.Portal.Features.Approvals;
using AImetier.Portal.Features.Connectors;

namespace AImetier.Portal.Tests.Approvals.Modeling;

/// <summary>What an approval should be like, in memory and by simple rules: the other opinion about the real rows.</summary>
internal sealed class ModelApproval
{
    public const string Done = nameof(DecideOutcome.Done);
    public const string TooLate = nameof(DecideOutcome.TooLate);
    public const string Changed = nameof(DecideOutcome.Changed);
    private readonly HashSet<string> _agreed = new(StringComparer.Ordinal);
    private readonly DateTimeOffset _expiresAt;
    private DateTimeOffset _sendingUntil;
    private int _mayLeave = 1;

    public ModelApproval(string id, string content, bool bySetting, DateTimeOffset now)
    {
        Id = id;
        Content = content;
        FirstHash = Hash = EmailContent.HashOf(content);
        _expiresAt = now + Approval.Lifetime;
        if (!bySetting)
            return;
        State = ApprovalState.Approved;
        ApprovedHash = Hash;
        _agreed.Add(Hash);
    }

    public string Id { get; }

    public ApprovalState State { get; private set; } = ApprovalState.Waiting;

    public string Content { get; private set; }

    public string Hash { get; private set; }

    public string? ApprovedHash { get; private set; }

    public bool IsAside { get; private set; }

    public int Attempt { get; private set; }

    public int Left { get; private set; }

    public string FirstHash { get; }

    public bool IsFinal => State is ApprovalState.Sent or ApprovalState.Saved or ApprovalState.Declined or ApprovalState.Expired or ApprovalState.Canceled;

    /// <summary>Whether a try to send would take it.</summary>
    public bool CanBeClaimed => State == ApprovalState.Approved && Hash == ApprovedHash;

    /// <summary>Whether the content is what the approved hash was made of.</summary>
    public bool IsIntact => EmailContent.HashOf(Content) == ApprovedHash;

    /// <summary>Something left. Judged by what people did alone, not by the states.</summary>
    public void Leave(string hash)
    {
        if (!_agreed.Contains(hash))
            throw new ModelBrokenException(Invariant.OnlyApprovedContentLeaves, $"{Id} left with content that nobody approved.");
        if (State is ApprovalState.Declined or ApprovalState.Expired or ApprovalState.Canceled)
            throw new ModelBrokenException(Invariant.NothingLeavesThatHasEnded, $"{Id} left although it was {State}.");
        if (++Left > _mayLeave)
            throw new ModelBrokenException(Invariant.NothingLeavesTwice, $"{Id} left {Left} times where people said so {_mayLeave} times.");
    }

    /// <summary>The channel says at last that nothing was tried: what counted when the try began has not left.</summary>
    public void NeverLeft() => Left--;

    public string Approve(string seen, DateTimeOffset now)
    {
        if (!IsOpen(seen, now))
            return Refusal(now);
        State = ApprovalState.Approved;
        ApprovedHash = Hash;
        _agreed.Add(Hash);
        return Done;
    }

    public string Edit(string seen, string content, DateTimeOffset now)
    {
        var hash = EmailContent.HashOf(content);
        if (State == ApprovalState.Waiting && hash == seen && hash == Hash)
            return Done;
        if (!IsOpen(seen, now))
            return Refusal(now);
        (Content, Hash) = (content, hash);
        return Done;
    }

    public string Decline() => Change(State == ApprovalState.Waiting, ApprovalState.Declined);

    public string Arrived() => Change(State == ApprovalState.Uncertain && !IsAside, ApprovalState.Sent);

    public string SendAgain()
    {
        var outcome = Change(State is ApprovalState.Failed or ApprovalState.Uncertain && !IsAside, ApprovalState.Approved);
        if (outcome == Done)
            _mayLeave++;
        return outcome;
    }

    public string SetAside()
    {
        if (State is not (ApprovalState.Failed or ApprovalState.Uncertain) || IsAside)
            return TooLate;
        IsAside = true;
        return Done;
    }

    public void Claim(DateTimeOffset now)
    {
        State = ApprovalState.Sending;
        _sendingUntil = now + ApprovalSender.Lease;
        Attempt++;
    }

    /// <summary>A try ends; one whose lease has lapsed changes nothing.</summary>
    public void End(int attempt, Ending ending, bool removed)
    {
        if (State != ApprovalState.Sending || attempt != Attempt)
            return;
        State = ending switch
        {
            Ending.Sent => ApprovalState.Sent,
            Ending.Saved => ApprovalState.Saved,
            Ending.Failed => ApprovalState.Failed,
            Ending.NotConnected => removed ? ApprovalState.Canceled : ApprovalState.Approved,
            _ => ApprovalState.Uncertain,
        };
    }

    public void GiveUp(DateTimeOffset now) => Change(State == ApprovalState.Sending && _sendingUntil < now, ApprovalState.Uncertain);

    public void Expire(DateTimeOffset now) => Change(State == ApprovalState.Waiting && _expiresAt <= now, ApprovalState.Expired);

    public void Cancel() => Change(State is ApprovalState.Waiting or ApprovalState.Approved, ApprovalState.Canceled);

    public void Tamper(string content, string hash, string? approvedHash) => (Content, Hash, ApprovedHash) = (content, hash, approvedHash);

    private bool IsOpen(string seen, DateTimeOffset now) => State == ApprovalState.Waiting && Hash == seen && _expiresAt > now;

    private string Refusal(DateTimeOffset now) => State == ApprovalState.Waiting && _expiresAt > now ? Changed : TooLate;

    private string Change(bool open, ApprovalState to)
    {
        if (!open)
            return TooLate;
        State = to;
        return Done;
    }
}
