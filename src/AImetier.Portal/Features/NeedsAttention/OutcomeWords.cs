using AImetier.Portal.Features.Approvals;
using AImetier.Portal.Features.Connectors;
using AImetier.Portal.Features.Shared;
using Microsoft.Extensions.Localization;

namespace AImetier.Portal.Features.NeedsAttention;

/// <summary>Puts into words why an act was not done, and what came of one that was.</summary>
/// <param name="text">Resources of these pages.</param>
/// <param name="shared">Resources of times.</param>
/// <param name="reader">Zone of the reader.</param>
/// <param name="time">The clock.</param>
public sealed class OutcomeWords(IStringLocalizer<AttentionText> text, IStringLocalizer<SharedText> shared, ReaderZone reader, TimeProvider time)
{
    /// <summary>What was done, naming whom it would have gone to.</summary>
    /// <param name="key">Key of the sentence.</param>
    /// <param name="approval">The row.</param>
    public string Done(string key, Approval approval) => text[key, approval.ReadContent().To];

    /// <summary>Why it was not done.</summary>
    /// <param name="outcome">Any outcome but done and not found.</param>
    /// <param name="readerId">Who tried.</param>
    public string Of(DecideOutcome outcome, string readerId) => outcome switch
    {
        DecideOutcome.TooLate(var row) => TooLate(row, readerId),
        DecideOutcome.Changed => text["Refused.Changed"],
        DecideOutcome.NoConnector => text["Connect.First"],
        _ => text["Refused.Other"],
    };

    /// <summary>Sentences about fields.</summary>
    /// <param name="problems">Problems by field.</param>
    public IReadOnlyDictionary<string, string> Of(IReadOnlyDictionary<string, EmailProblem> problems) => problems.ToDictionary(
        problem => problem.Key,
        problem => problem.Value switch
        {
            EmailProblem.NoAddress => text["Field.NoAddress"].Value,
            EmailProblem.TooLong => text["Field.TooLong", problem.Key == "subject" ? EmailContent.LongestSubject : EmailContent.LongestBody].Value,
            EmailProblem.ControlCharacter => text["Field.Control"].Value,
            _ => text["Field.Empty"].Value,
        },
        StringComparer.Ordinal);

    private string TooLate(Approval row, string readerId)
    {
        if (row.State is ApprovalState.Waiting or ApprovalState.Expired)
            return text["Refused.Expired"];
        if (row.State == ApprovalState.Canceled)
            return text["Refused.Canceled"];
        if (row.DecidedAt is not { } at || row.DecidedByName is not { } name)
            return text["Refused.Other"];

        var ago = shared.Ago(at, time.GetUtcNow(), reader.Zone);
        var declined = row.State == ApprovalState.Declined;
        return row.DecidedById == readerId
            ? text[declined ? "Refused.YouDeclined" : "Refused.YouApproved", ago]
            : text[declined ? "Refused.TheyDeclined" : "Refused.TheyApproved", name, ago];
    }
}
