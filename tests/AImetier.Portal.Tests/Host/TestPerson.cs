namespace AImetier.Portal.Tests.Host;

/// <summary>A person made for a test, with the password only the test knows.</summary>
public sealed record TestPerson(string Id, string WorkspaceId, string Email, string Password);
