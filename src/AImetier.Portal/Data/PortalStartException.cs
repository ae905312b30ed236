namespace AImetier.Portal.Data;

/// <summary>The Portal cannot start for a reason a person can fix. The message is one line and goes to the console; the process exits with code 1.</summary>
/// <param name="message">What is wrong and what to do, without a secret.</param>
public sealed class PortalStartException(string message) : Exception(message);
