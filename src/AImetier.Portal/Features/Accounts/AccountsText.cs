namespace AImetier.Portal.Features.Accounts;

/// <summary>Marks the resources of the pages about people.</summary>
public sealed class AccountsText;
