namespace AImetier.Portal.Features.Connectors;

/// <summary>
/// The only way out of the workspace. It sends what it is given and decides nothing: the approvals alone call it, with approved content.
/// </summary>
public interface IOutwardChannel
{
    /// <summary>Whether it could send now, for the current workspace.</summary>
    /// <param name="cancellationToken">Stops the read.</param>
    Task<ChannelState> StateAsync(CancellationToken cancellationToken);

    /// <summary>Sends once. It never throws for what the other side does: every ending is an outcome.</summary>
    /// <param name="approvalId">The approval, <c>apr_…</c>; it names the file or the message, so that a repeat can be recognized.</param>
    /// <param name="content">Exactly what was approved.</param>
    /// <param name="cancellationToken">Gives up; what may have left by then is <see cref="SendOutcome.Uncertain"/>.</param>
    Task<SendOutcome> SendAsync(string approvalId, EmailContent content, CancellationToken cancellationToken);
}
