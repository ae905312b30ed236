namespace AImetier.Portal.Security;

/// <summary>Whether the Portal may call an address.</summary>
public abstract record PublicAddressCheck
{
    private PublicAddressCheck()
    {
    }

    /// <summary>It may be called.</summary>
    /// <param name="Address">As it is called: ASCII, without fragment.</param>
    public sealed record Good(Uri Address) : PublicAddressCheck;

    /// <summary>It is no whole web address such as <c>https://example.com/hooks</c>, or it holds spaces, backslashes or invisible characters.</summary>
    public sealed record Unreadable : PublicAddressCheck;

    /// <summary>It is longer than <see cref="PublicAddressReader.LongestAddress"/> characters.</summary>
    public sealed record TooLong : PublicAddressCheck;

    /// <summary>It does not begin with <c>https://</c>.</summary>
    public sealed record NotHttps : PublicAddressCheck;

    /// <summary>It holds a user name or password.</summary>
    public sealed record HasUserInfo : PublicAddressCheck;

    /// <summary>Its host is neither a plain host name nor an address in its usual spelling.</summary>
    public sealed record NotAHostName : PublicAddressCheck;

    /// <summary>Its port belongs to another kind of service.</summary>
    /// <param name="Port">The port.</param>
    public sealed record OtherPort(int Port) : PublicAddressCheck;

    /// <summary>Nobody knows its host name, or nobody could be asked in time.</summary>
    public sealed record NameNotFound : PublicAddressCheck;

    /// <summary>It leads to this machine, into a private network, or to an address with a special meaning, at least in part.</summary>
    public sealed record NotPublic : PublicAddressCheck;
}
