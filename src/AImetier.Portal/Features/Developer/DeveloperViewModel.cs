using AImetier.Portal.Features.Teammates;

namespace AImetier.Portal.Features.Developer;

/// <summary>Settings &gt; Developer.</summary>
/// <param name="Teammates">For the picker, oldest first.</param>
/// <param name="Picked">The teammate whose keys are shown, or null when none has been hired.</param>
/// <param name="Nonce">One-use value of the form.</param>
/// <param name="Active">A page of active keys, newest first.</param>
/// <param name="NextActive">Where the next page of active keys begins, or null.</param>
/// <param name="Revoked">A page of revoked keys, newest first.</param>
/// <param name="NextRevoked">Where the next page of revoked keys begins, or null.</param>
/// <param name="ShowRevoked">Whether the history is unfolded.</param>
/// <param name="AskBeforeSending">Whether that setting is on.</param>
/// <param name="PracticeModel">Whether the teammate gives practice answers.</param>
/// <param name="Refused">A name that was refused, or null.</param>
public sealed record DeveloperViewModel(
    IReadOnlyList<Teammate> Teammates,
    Teammate? Picked,
    string Nonce,
    IReadOnlyList<TokenRowViewModel> Active,
    string? NextActive,
    IReadOnlyList<TokenRowViewModel> Revoked,
    string? NextRevoked,
    bool ShowRevoked,
    bool AskBeforeSending,
    bool PracticeModel,
    RefusedName? Refused)
{
    /// <summary>Where the page's script fetches current times and counts of the keys shown.</summary>
    public string LiveAddress { get; init; } = "";

    /// <summary>The outgoing webhooks, or null when no teammate has been hired.</summary>
    public OutgoingViewModel? Outgoing { get; init; }

    /// <summary>The incoming addresses, or null when no teammate has been hired.</summary>
    public IncomingViewModel? Incoming { get; init; }
}
