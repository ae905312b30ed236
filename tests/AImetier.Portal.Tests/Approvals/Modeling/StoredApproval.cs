using AImetier.Portal.Features.Approvals;

namespace AImetier.Portal.Tests.Approvals.Modeling;

/// <summary>What the database says of an approval.</summary>
internal sealed record StoredApproval(ApprovalState State, string Content, string Hash, string? ApprovedHash, bool IsAside);
