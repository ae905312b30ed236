namespace AImetier.Portal.Features.Approvals;

/// <summary>Marks the resources of the approval shown beside a reply.</summary>
public sealed class ApprovalCardText;
