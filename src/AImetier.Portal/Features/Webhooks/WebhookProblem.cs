namespace AImetier.Portal.Features.Webhooks;

/// <summary>Why a field of an endpoint does not fit.</summary>
public enum WebhookProblem
{
    /// <summary>No address.</summary>
    NoUrl,

    /// <summary>It is no whole web address, or holds characters that cannot be seen.</summary>
    UnreadableUrl,

    /// <summary>It is longer than <see cref="Security.PublicAddressReader.LongestAddress"/> characters.</summary>
    UrlTooLong,

    /// <summary>It does not begin with <c>https://</c>.</summary>
    NotHttps,

    /// <summary>It holds a user name or a password.</summary>
    UserInfo,

    /// <summary>Its host is neither a plain host name nor an address in its usual spelling.</summary>
    NotAHostName,

    /// <summary>Its port belongs to another kind of service.</summary>
    OtherPort,

    /// <summary>Nobody knows its host name.</summary>
    UnknownHost,

    /// <summary>It leads to this machine or into a network that is not public.</summary>
    NotPublic,

    /// <summary>No event is chosen.</summary>
    NoEvents,

    /// <summary>The note has more than <see cref="WebhookEndpoint.LongestNote"/> characters.</summary>
    NoteTooLong,

    /// <summary>The note holds a control, bidirectional or invisible character.</summary>
    BadNote,
}
