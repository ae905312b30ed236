namespace AImetier.Portal.Features.Connectors;

/// <summary>Sends the Portal's own notices to people of the current workspace, through its mail server.</summary>
public sealed class EmailNotices
{
    /// <summary>Sends once.</summary>
    /// <param name="to">Address of a person of the workspace.</param>
    /// <param name="subject">Subject.</param>
    /// <param name="body">Plain text.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<SendOutcome> SendAsync(string to, string subject, string body, CancellationToken cancellationToken) =>
        Task.FromResult<SendOutcome>(new SendOutcome.NotConnected());
}
