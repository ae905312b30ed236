namespace AImetier.Portal.Features.Accounts;

/// <summary>More people sign in at once than passwords can be checked. The page says to try again in a few seconds.</summary>
public sealed class TooManySignInsException() : Exception("The queue of password checks is full.")
{
    /// <summary>When to try again.</summary>
    public static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);
}
