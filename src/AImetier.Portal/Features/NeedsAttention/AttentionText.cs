namespace AImetier.Portal.Features.NeedsAttention;

/// <summary>Marks the resources of Needs attention.</summary>
public sealed class AttentionText;
