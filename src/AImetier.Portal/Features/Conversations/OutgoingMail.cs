using System.ComponentModel;
using AImetier.Portal.Features.ChatModels;
using AImetier.Portal.Features.Connectors;
using Microsoft.Extensions.AI;

namespace AImetier.Portal.Features.Conversations;

/// <summary>The tool with which a model proposes an e-mail. It sends nothing: what it gathers becomes approvals when the reply is whole.</summary>
/// <param name="room">How many more may wait.</param>
/// <param name="askBeforeSending">Whether a person will be asked.</param>
public sealed class OutgoingMail(int room, bool askBeforeSending)
{
    /// <summary>Name of the tool.</summary>
    public const string Tool = KnownTools.SendEmail;

    /// <summary>Most e-mails that one reply may propose.</summary>
    public const int Most = 10;

    private readonly List<EmailContent> _proposed = [];

    /// <summary>What was proposed.</summary>
    public IReadOnlyList<EmailContent> Proposed => _proposed;

    /// <summary>The tool as models see it.</summary>
    public AITool ToTool() => AIFunctionFactory.Create(
        Propose,
        Tool,
        "Proposes an e-mail in plain text to one recipient. A person of the business usually looks at it first. Say that it was prepared, never that it was sent.");

    /// <summary>Forgets what was proposed, for a reply that is not whole.</summary>
    public void Drop() => _proposed.Clear();

    // The answers are for the model; it puts them into words of its own.
    private ProposalAnswer Propose(
        [Description("The recipient's e-mail address")] string to,
        [Description("The subject, one line of at most 200 characters")] string subject,
        [Description("The text, plain, at most 50,000 characters")] string body)
    {
        if (_proposed.Count >= Most)
            return ProposalAnswer.Refused($"One answer may propose at most {Most} e-mails.", "too_many");
        if (_proposed.Count >= room)
            return ProposalAnswer.Refused("Too many things wait for a person already. Nothing was queued; ask again when some are decided.", "no_room");
        var content = new EmailContent((to ?? "").Trim(), (subject ?? "").Trim(), body ?? "");
        var problems = content.Problems();
        if (problems.Count > 0)
            return ProposalAnswer.Refused(string.Join(' ', problems.Select(problem => $"{problem.Key}: {Describe(problem.Value)}")), [.. problems.Keys]);
        _proposed.Add(content);
        return askBeforeSending ? ProposalAnswer.Waiting : ProposalAnswer.Approved;
    }

    private static string Describe(EmailProblem problem) => problem switch
    {
        EmailProblem.Empty => "it is empty.",
        EmailProblem.TooLong => "it is too long.",
        EmailProblem.NoAddress => "it is not one e-mail address.",
        _ => "it holds a character that may not stand there.",
    };
}
