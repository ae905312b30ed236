namespace AImetier.Portal.Features.Accounts;

/// <summary>What a person's security page shows.</summary>
/// <param name="Email">Their e-mail, for password managers.</param>
/// <param name="Sessions">Where they are signed in, last used first.</param>
/// <param name="CurrentKey">Key of the session behind this request.</param>
public sealed record SecurityViewModel(string Email, IReadOnlyList<Session> Sessions, string CurrentKey);
