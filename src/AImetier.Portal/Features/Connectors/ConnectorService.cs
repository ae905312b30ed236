using AImetier.Portal.Data;
using AImetier.Portal.Features.Activity;
using Microsoft.EntityFrameworkCore;

namespace AImetier.Portal.Features.Connectors;

/// <summary>Reads, connects, tests and disconnects the mail server of the current workspace.</summary>
/// <param name="db">The database.</param>
/// <param name="passwords">Encrypts the password.</param>
/// <param name="channel">Says what would happen with approved mail.</param>
/// <param name="notices">Sends the test.</param>
/// <param name="outbox">The practice outbox.</param>
/// <param name="signal">Wakes the sender: what was approved before may wait for a way out.</param>
/// <param name="activity">The activity log.</param>
/// <param name="time">The clock.</param>
public sealed class ConnectorService(
    PortalDbContext db,
    MailPassword passwords,
    IOutwardChannel channel,
    EmailNotices notices,
    PracticeOutbox outbox,
    SendSignal signal,
    ActivityLog activity,
    TimeProvider time)
{
    /// <summary>How e-mail stands.</summary>
    /// <param name="cancellationToken">Stops the read.</param>
    public async Task<EmailStatus> GetAsync(CancellationToken cancellationToken)
    {
        var connector = await db.Set<EmailConnector>().AsNoTracking().SingleOrDefaultAsync(cancellationToken);
        var lost = connector is { UserName: not null } && passwords.Read(connector) is null;
        return new EmailStatus(await channel.StateAsync(cancellationToken), connector, lost, outbox.Folder);
    }

    /// <summary>Checks and stores a mail server's settings.</summary>
    /// <param name="actor">The admin.</param>
    /// <param name="form">What was typed; an empty password keeps the stored one while server, port, protection and user stay the same.</param>
    /// <param name="cancellationToken">Stops the work; nothing is then kept.</param>
    public async Task<ConnectOutcome> SaveAsync(Actor actor, EmailForm form, CancellationToken cancellationToken)
    {
        var problems = new Dictionary<string, ConnectorProblem>(StringComparer.Ordinal);
        var settings = EmailSettings.Read(form, problems);

        // The transaction comes first: of two admins who connect at the same moment the second sees the row of the first.
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var connector = await db.Set<EmailConnector>().SingleOrDefaultAsync(cancellationToken);
        var typed = !string.IsNullOrEmpty(form.Password);
        if (settings.UserName is not null && !typed && (connector is null || !settings.LeadTo(connector) || passwords.Read(connector) is null))
            problems.TryAdd(nameof(form.Password), ConnectorProblem.NoPassword);
        if (problems.Count > 0)
            return new ConnectOutcome.Refused(problems);

        if (connector is null)
        {
            connector = New(actor.WorkspaceId, settings);
            db.Add(connector);
        }

        Apply(connector, settings);
        if (settings.UserName is null)
            connector.ProtectedPassword = null;
        else if (typed)
            connector.ProtectedPassword = passwords.Protect(actor.WorkspaceId, form.Password!);
        if (db.Entry(connector).State != EntityState.Unchanged)
        {
            (connector.ChangedAt, connector.TestedAt) = (time.GetUtcNow(), null);
            activity.Add(actor, ActivityAction.EmailConnected, subjectName: settings.Host);
        }

        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(CancellationToken.None);
        signal.Set();
        return new ConnectOutcome.Saved();
    }

    /// <summary>Sends a test through the mail server.</summary>
    /// <param name="actor">The admin.</param>
    /// <param name="to">The admin's own address.</param>
    /// <param name="subject">Subject of the test.</param>
    /// <param name="body">Text of the test.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<SendOutcome> TestAsync(Actor actor, string to, string subject, string body, CancellationToken cancellationToken)
    {
        var tried = await db.Set<EmailConnector>().Select(row => (DateTimeOffset?)row.ChangedAt).SingleOrDefaultAsync(cancellationToken);
        var outcome = await notices.SendAsync(to, subject, body, cancellationToken);
        if (outcome is not SendOutcome.Sent)
            return outcome;

        // What was changed meanwhile was not tested. The mail is out: the browser may have gone.
        await using var transaction = await db.Database.BeginTransactionAsync(CancellationToken.None);
        if (await db.Set<EmailConnector>().SingleOrDefaultAsync(CancellationToken.None) is { } connector && connector.ChangedAt == tried)
            connector.TestedAt = time.GetUtcNow();
        activity.Add(actor, ActivityAction.EmailTested, subjectName: to);
        await db.SaveChangesAsync(CancellationToken.None);
        await transaction.CommitAsync(CancellationToken.None);
        return outcome;
    }

    /// <summary>Forgets the mail server and its password.</summary>
    /// <param name="actor">The admin.</param>
    /// <param name="cancellationToken">Stops the work; nothing is then changed.</param>
    /// <returns>Whether one was connected.</returns>
    public async Task<bool> DisconnectAsync(Actor actor, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await db.Set<EmailConnector>().SingleOrDefaultAsync(cancellationToken) is not { } connector)
            return false;
        db.Remove(connector);
        activity.Add(actor, ActivityAction.EmailDisconnected, subjectName: connector.Host);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(CancellationToken.None);
        return true;
    }

    private EmailConnector New(string workspaceId, EmailSettings settings) => new()
    {
        WorkspaceId = workspaceId,
        Host = settings.Host,
        Port = settings.Port,
        Tls = settings.Tls,
        FromAddress = settings.FromAddress,
        ChangedAt = time.GetUtcNow(),
    };

    private static void Apply(EmailConnector connector, EmailSettings settings)
    {
        (connector.Host, connector.Port, connector.Tls) = (settings.Host, settings.Port, settings.Tls);
        (connector.UserName, connector.FromAddress, connector.FromName) = (settings.UserName, settings.FromAddress, settings.FromName);
    }
}
