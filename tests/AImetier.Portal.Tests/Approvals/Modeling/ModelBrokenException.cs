namespace AImetier.Portal.Tests.Approvals.Modeling;

/// <summary>An invariant does not hold.</summary>
/// <param name="invariant">Which.</param>
/// <param name="message">What happened.</param>
internal sealed class ModelBrokenException(Invariant invariant, string message) : Exception($"{invariant}: {message}")
{
    public Invariant Invariant => invariant;
}
