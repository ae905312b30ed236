namespace AImetier.Portal.Features.Accounts;

/// <summary>What a person may do in the workspace.</summary>
public enum PersonRole
{
    /// <summary>Chats and sees approvals.</summary>
    Member,

    /// <summary>Also hires, decides, and opens Settings &gt; Developer.</summary>
    Admin,

    /// <summary>An admin who cannot be removed by others.</summary>
    Owner,
}
