namespace AImetier.Portal.Features.Webhooks;

/// <summary>Why a field of an endpoint does not fit.</summary>
public enum WebhookProblem
{
    /// <summary>No address.</summary>
    NoUrl,

    /// <summary>It is no web address.</summary>
    BadUrl,

    /// <summary>It is longer than <see cref="WebhookAddress.Longest"/> characters.</summary>
    UrlTooLong,

    /// <summary>It does not begin with <c>https://</c>.</summary>
    NotHttps,

    /// <summary>It holds a user name or a password.</summary>
    UserInfo,

    /// <summary>It leads into a network that webhooks may not reach.</summary>
    ForbiddenAddress,

    /// <summary>Its name is not known.</summary>
    UnknownHost,

    /// <summary>No event is chosen.</summary>
    NoEvents,

    /// <summary>The note has more than <see cref="WebhookEndpoint.LongestNote"/> characters.</summary>
    NoteTooLong,

    /// <summary>The note holds a control, bidirectional or invisible character.</summary>
    BadNote,
}
