namespace AImetier.Portal.Features.Connectors;

/// <summary>How e-mail stands in the current workspace.</summary>
/// <param name="State">What would happen with approved mail.</param>
/// <param name="Connector">The mail server, or null.</param>
/// <param name="PasswordLost">Whether its stored password can no longer be read.</param>
/// <param name="OutboxFolder">Where the practice outbox is.</param>
public sealed record EmailStatus(ChannelState State, EmailConnector? Connector, bool PasswordLost, string OutboxFolder);
