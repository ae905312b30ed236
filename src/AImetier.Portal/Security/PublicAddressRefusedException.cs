namespace AImetier.Portal.Security;

/// <summary>The guard did not let a request out; no connection was made.</summary>
/// <param name="why">What is wrong with the address. Its text is not repeated: addresses may hold secrets.</param>
public sealed class PublicAddressRefusedException(PublicAddressCheck why) : HttpRequestException("The address may not be called.")
{
    /// <summary>What is wrong with the address; never Good.</summary>
    public PublicAddressCheck Why { get; } = why;
}
