namespace AImetier.Portal.Features.Webhooks;

/// <summary>Why an attempt did not succeed.</summary>
public enum AttemptFailure
{
    /// <summary>The receiver answered with a status other than 2xx.</summary>
    Status = 1,

    /// <summary>There was no answer within 15 seconds.</summary>
    Timeout = 2,

    /// <summary>Nobody knows the host name.</summary>
    UnknownHost = 3,

    /// <summary>No connection: nobody listens, or it broke.</summary>
    Connection = 4,

    /// <summary>The receiver's certificate is not trusted, or no safe connection could be agreed on.</summary>
    Tls = 5,

    /// <summary>The address leads where webhooks may not go.</summary>
    Refused = 6,

    /// <summary>What came back is no HTTP.</summary>
    BadAnswer = 7,

    /// <summary>The secret cannot be decrypted any more.</summary>
    SecretLost = 8,
}
