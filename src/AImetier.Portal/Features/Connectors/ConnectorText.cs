namespace AImetier.Portal.Features.Connectors;

/// <summary>Marks the resources of Connectors.</summary>
public sealed class ConnectorText;
