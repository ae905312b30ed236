namespace AImetier.Portal.Features.Connectors;

/// <summary>Section <c>Connectors</c>.</summary>
public sealed class ConnectorOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Connectors";

    /// <summary>
    /// Whether approved mail may be written into the practice outbox while no mail server is connected. Unset: in Development only, so that nobody
    /// mistakes a folder for sending.
    /// </summary>
    public bool? PracticeOutbox { get; set; }
}
