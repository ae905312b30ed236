namespace AImetier.Portal.Features.Accounts;

/// <summary>A wrong password for somebody who exists.</summary>
/// <param name="WorkspaceId">Their workspace.</param>
/// <param name="PersonId">Who was tried.</param>
/// <param name="DisplayName">Their name.</param>
public sealed record RefusedSignIn(string WorkspaceId, string PersonId, string DisplayName);
