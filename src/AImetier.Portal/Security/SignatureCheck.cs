namespace AImetier.Portal.Security;

/// <summary>What the signature of a webhook says.</summary>
public abstract record SignatureCheck
{
    private SignatureCheck()
    {
    }

    /// <summary>Who signed has the secret, and nothing was changed since.</summary>
    public sealed record Good : SignatureCheck;

    /// <summary>There is no <c>webhook-id</c>.</summary>
    public sealed record IdMissing : SignatureCheck;

    /// <summary>There is no <c>webhook-timestamp</c>.</summary>
    public sealed record TimestampMissing : SignatureCheck;

    /// <summary><c>webhook-timestamp</c> is not a number of whole seconds since 1970.</summary>
    public sealed record TimestampUnreadable : SignatureCheck;

    /// <summary>All is right but the time: the message may be an old one, sent again by someone who saw it.</summary>
    /// <param name="Age">How old it is; negative when it comes from the future.</param>
    public sealed record TimestampStale(TimeSpan Age) : SignatureCheck;

    /// <summary>There is no signature.</summary>
    public sealed record SignatureMissing : SignatureCheck;

    /// <summary>There are signatures, but none of the kind that is understood here.</summary>
    public sealed record OtherVersion : SignatureCheck;

    /// <summary>A signature of the right kind is cut short or not written as it must be.</summary>
    public sealed record SignatureUnreadable : SignatureCheck;

    /// <summary>The signature belongs to another body, id, time or secret.</summary>
    public sealed record Mismatch : SignatureCheck;
}
