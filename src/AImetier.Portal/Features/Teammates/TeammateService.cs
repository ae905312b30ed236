using AImetier.Portal.Data;
using AImetier.Portal.Features.Activity;
using AImetier.Portal.Features.Shared;
using Microsoft.EntityFrameworkCore;

namespace AImetier.Portal.Features.Teammates;

/// <summary>Hires, changes, pauses, resumes and removes teammates of the current workspace, each in one transaction with its activity line.</summary>
/// <param name="db">The database.</param>
/// <param name="activity">The activity log.</param>
/// <param name="dependents">What ends with a teammate.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">The log.</param>
public sealed partial class TeammateService(
    PortalDbContext db, ActivityLog activity, IEnumerable<ITeammateDependent> dependents, TimeProvider time, ILogger<TeammateService> logger)
{
    /// <summary>Hires a teammate into the actor's workspace.</summary>
    /// <param name="profile">What was typed, checked.</param>
    /// <param name="actor">Who hires.</param>
    /// <param name="cancellationToken">Stops the work; nothing is then kept.</param>
    public async Task<TeammateOutcome> HireAsync(TeammateProfile profile, Actor actor, CancellationToken cancellationToken)
    {
        if (profile is not { Name: NameCheck.Good(var name), Role: NameCheck.Good(var role), Instructions: InstructionsCheck.Good(var instructions) })
            return new TeammateOutcome.Invalid(profile);

        var teammate = new Teammate
        {
            Id = EntityId.New("tm"),
            WorkspaceId = actor.WorkspaceId,
            Name = name,
            Role = role,
            Instructions = instructions,
            CreatedAt = time.GetUtcNow(),
        };
        db.Add(teammate);
        activity.Add(actor, ActivityAction.TeammateHired, teammate.Id, teammate.Name, teammate.Id);
        await db.SaveChangesAsync(cancellationToken);
        LogHired(teammate.Id);
        return new TeammateOutcome.Done(teammate);
    }

    /// <summary>Changes name, role and instructions.</summary>
    /// <param name="teammateId">Id from outside.</param>
    /// <param name="profile">What was typed, checked.</param>
    /// <param name="actor">Who changes it.</param>
    /// <param name="cancellationToken">Stops the work; nothing is then kept.</param>
    public Task<TeammateOutcome> ChangeAsync(string teammateId, TeammateProfile profile, Actor actor, CancellationToken cancellationToken) =>
        ActAsync(
            teammateId,
            teammate =>
            {
                if (profile is not { Name: NameCheck.Good(var name), Role: NameCheck.Good(var role), Instructions: InstructionsCheck.Good(var instructions) })
                    return Task.FromResult<TeammateOutcome>(new TeammateOutcome.Invalid(profile));

                var formerName = teammate.Name;
                (teammate.Name, teammate.Role, teammate.Instructions) = (name, role, instructions);
                if (db.ChangeTracker.HasChanges())
                    activity.Add(actor, ActivityAction.TeammateChanged, teammate.Id, name, teammate.Id, formerName == name ? null : formerName);
                return Task.FromResult<TeammateOutcome>(new TeammateOutcome.Done(teammate));
            },
            cancellationToken);

    /// <summary>Refuses asks until resumed; keys, conversations and what waits stay as they are.</summary>
    /// <param name="teammateId">Id from outside.</param>
    /// <param name="actor">Who pauses it.</param>
    /// <param name="cancellationToken">Stops the work; nothing is then kept.</param>
    public Task<TeammateOutcome> PauseAsync(string teammateId, Actor actor, CancellationToken cancellationToken) =>
        ActAsync(
            teammateId,
            teammate =>
            {
                if (teammate.PausedAt is null)
                    activity.Add(actor, ActivityAction.TeammatePaused, teammate.Id, teammate.Name, teammate.Id);
                teammate.Pause(time.GetUtcNow());
                return Task.FromResult<TeammateOutcome>(new TeammateOutcome.Done(teammate));
            },
            cancellationToken);

    /// <summary>Accepts asks again.</summary>
    /// <param name="teammateId">Id from outside.</param>
    /// <param name="actor">Who resumes it.</param>
    /// <param name="cancellationToken">Stops the work; nothing is then kept.</param>
    public Task<TeammateOutcome> ResumeAsync(string teammateId, Actor actor, CancellationToken cancellationToken) =>
        ActAsync(
            teammateId,
            teammate =>
            {
                if (teammate.PausedAt is not null)
                    activity.Add(actor, ActivityAction.TeammateResumed, teammate.Id, teammate.Name, teammate.Id);
                teammate.Resume();
                return Task.FromResult<TeammateOutcome>(new TeammateOutcome.Done(teammate));
            },
            cancellationToken);

    /// <summary>Ends the teammate for good, with everything that hangs on it.</summary>
    /// <param name="teammateId">Id from outside.</param>
    /// <param name="actor">Who removes it.</param>
    /// <param name="cancellationToken">Stops the work; nothing is then kept.</param>
    public Task<TeammateOutcome> RemoveAsync(string teammateId, Actor actor, CancellationToken cancellationToken) =>
        ActAsync(
            teammateId,
            async teammate =>
            {
                teammate.Remove(time.GetUtcNow());
                activity.Add(actor, ActivityAction.TeammateRemoved, teammate.Id, teammate.Name, teammate.Id);
                foreach (var dependent in dependents)
                    await dependent.EndAsync(teammate.Id, actor, cancellationToken);
                return new TeammateOutcome.Done(teammate);
            },
            cancellationToken);

    /// <summary>What would end with a teammate, without what would not.</summary>
    /// <param name="teammateId">A teammate of the current workspace.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    /// <returns>Kind, which is a key of the resources under <c>Ends.</c>, and a count above zero.</returns>
    public async Task<IReadOnlyList<(string Kind, int Count)>> CountEndingAsync(string teammateId, CancellationToken cancellationToken)
    {
        var ending = new List<(string Kind, int Count)>();
        foreach (var dependent in dependents)
        {
            var (kind, count) = await dependent.CountAsync(teammateId, cancellationToken);
            if (count > 0)
                ending.Add((kind, count));
        }

        return ending;
    }

    private async Task<TeammateOutcome> ActAsync(string teammateId, Func<Teammate, Task<TeammateOutcome>> act, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var teammate = await db.Set<Teammate>().SingleOrDefaultAsync(row => row.Id == teammateId && row.RemovedAt == null, cancellationToken);
        if (teammate is null)
            return new TeammateOutcome.NotFound();

        var outcome = await act(teammate);
        if (outcome is not TeammateOutcome.Done)
            return outcome;

        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        LogChanged(teammate.Id);
        return outcome;
    }

    [LoggerMessage(EventName = "teammate.hired", Level = LogLevel.Information, Message = "Teammate {TeammateId} hired")]
    private partial void LogHired(string teammateId);

    [LoggerMessage(EventName = "teammate.changed", Level = LogLevel.Information, Message = "Teammate {TeammateId} changed, paused, resumed or removed")]
    private partial void LogChanged(string teammateId);
}
