namespace AImetier.Portal.Features.Connectors;

/// <summary>What the page Connectors shows.</summary>
/// <param name="Status">How e-mail stands.</param>
/// <param name="Form">The form, as it was typed.</param>
/// <param name="TestTo">Where a test goes: the reader's own address.</param>
/// <param name="FailedTest">A test that did not arrive, or null.</param>
public sealed record ConnectorsPage(EmailStatus Status, EmailForm Form, string TestTo, SendOutcome? FailedTest = null);
