using AImetier.Portal.Data;

namespace AImetier.Portal.Features.Activity;

/// <summary>Writes the activity log in the transaction of the act: <see cref="Add"/> only adds a row, the act's own save stores both or neither.</summary>
/// <param name="db">The context of the act.</param>
/// <param name="time">The clock.</param>
public sealed class ActivityLog(PortalDbContext db, TimeProvider time)
{
    /// <summary>Adds a line to the context.</summary>
    /// <param name="actor">Who does it.</param>
    /// <param name="action">What.</param>
    /// <param name="subjectId">Id of what it is done to, or null.</param>
    /// <param name="subjectName">Its name at this moment, or null.</param>
    /// <param name="teammateId">The teammate concerned, or null.</param>
    /// <param name="detail">A short fact without a secret, or null; cut at 200 characters.</param>
    public void Add(Actor actor, ActivityAction action, string? subjectId = null, string? subjectName = null, string? teammateId = null, string? detail = null) =>
        db.Add(new ActivityEntry
        {
            WorkspaceId = actor.WorkspaceId,
            At = time.GetUtcNow(),
            Action = action,
            ActorKind = actor.Kind,
            ActorId = actor.Id,
            ActorName = actor.Name,
            SubjectId = subjectId,
            SubjectName = subjectName,
            TeammateId = teammateId,
            Detail = detail is { Length: > 200 } ? detail[..200] : detail,
        });
}
