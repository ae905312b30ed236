namespace AImetier.Portal.Features.Settings;

/// <summary>The form that turns Ask before sending off. No record, and the password no argument of its own: the most talkative log writes what actions are called with.</summary>
public sealed class AskOffForm
{
    /// <summary>Password of the person, asked for every time.</summary>
    public string? Password { get; set; }
}
