namespace AImetier.Portal.Features.Webhooks;

/// <summary>Why an attempt did not succeed.</summary>
public enum AttemptFailure
{
    /// <summary>The receiver answered with a status other than 2xx.</summary>
    Status = 1,

    /// <summary>There was no answer within 15 seconds.</summary>
    Timeout = 2,

    /// <summary>No connection: the name is not known, nobody listens, or the connection broke.</summary>
    Connection = 3,

    /// <summary>The receiver's certificate is not trusted, or no safe connection could be agreed on.</summary>
    Tls = 4,

    /// <summary>The address leads into a network that webhooks may not reach.</summary>
    Refused = 5,

    /// <summary>What came back is no HTTP.</summary>
    BadAnswer = 6,

    /// <summary>The secret cannot be decrypted any more.</summary>
    SecretLost = 7,
}
