namespace AImetier.Portal.Features.Webhooks;

/// <summary>What is right or wrong with what a receiver got.</summary>
public abstract record SignatureFinding
{
    private SignatureFinding()
    {
    }

    /// <summary>The signature fits id, time, body and secret.</summary>
    /// <param name="Age">How far its time is from now, when that is more than receivers accept; negative in the future. Else null.</param>
    public sealed record Good(TimeSpan? Age) : SignatureFinding;

    /// <summary>A header is missing.</summary>
    /// <param name="Header">Its name.</param>
    public sealed record HeaderMissing(string Header) : SignatureFinding;

    /// <summary>A header is cut short or not written as it was sent.</summary>
    /// <param name="Header">Its name.</param>
    public sealed record HeaderUnreadable(string Header) : SignatureFinding;

    /// <summary>Something is another than what was signed. The record of the delivery says what.</summary>
    /// <param name="Secret">Whether the secret is.</param>
    /// <param name="Timestamp">Whether the time is.</param>
    /// <param name="Body">How the body is, or null when it is the same.</param>
    public sealed record Wrong(bool Secret, bool Timestamp, BodyDifference? Body) : SignatureFinding;

    /// <summary>This endpoint sent nothing with that id within 30 days.</summary>
    public sealed record UnknownId : SignatureFinding;

    /// <summary>The id is right, but no attempt of that delivery carried this signature.</summary>
    public sealed record UnknownSignature : SignatureFinding;

    /// <summary>The workspace has no such endpoint.</summary>
    public sealed record NotFound : SignatureFinding;
}
