namespace AImetier.Portal.Tests.Mcp.Conformance;

/// <summary>What the suite found out.</summary>
/// <param name="Scenario">The scenario.</param>
/// <param name="Id">The check within it.</param>
/// <param name="Status"><c>SUCCESS</c>, <c>FAILURE</c>, <c>WARNING</c>, <c>SKIPPED</c> or <c>INFO</c>.</param>
/// <param name="Message">Why not.</param>
public sealed record Check(string Scenario, string Id, string Status, string? Message)
{
    /// <summary>Whether a MUST is broken.</summary>
    public bool Failed => Status == "FAILURE";

    /// <summary>Whether a SHOULD is not done.</summary>
    public bool Warned => Status == "WARNING";
}
