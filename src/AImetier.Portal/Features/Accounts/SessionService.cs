using AImetier.Portal.Data;
using AImetier.Portal.Features.Activity;
using Microsoft.EntityFrameworkCore;

namespace AImetier.Portal.Features.Accounts;

/// <summary>Begins, reads and ends sessions. The database decides on every request whether one is still good.</summary>
/// <param name="db">The database.</param>
/// <param name="activity">The activity log.</param>
/// <param name="time">The clock.</param>
public sealed class SessionService(PortalDbContext db, ActivityLog activity, TimeProvider time)
{
    private static readonly TimeSpan SeenStep = TimeSpan.FromMinutes(1);

    // Nobody has a workspace before their session was read.
    private IQueryable<Session> All => db.Set<Session>().IgnoreQueryFilters();

    /// <summary>Adds a session to the context; the caller saves. Rows past their time are cleared on the way.</summary>
    /// <param name="person">Who has just proved who they are.</param>
    /// <param name="visitor">Their browser.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The id for the cookie.</returns>
    public async Task<string> BeginAsync(Person person, Visitor visitor, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var oldest = now - Session.Kept;
        await All.Where(session => session.CreatedAt < oldest).ExecuteDeleteAsync(cancellationToken);
        var (row, id) = Session.Begin(person, visitor, now);
        db.Add(row);
        return id;
    }

    /// <summary>The session of an id with its person, when it is still good.</summary>
    /// <param name="id">Id from the cookie.</param>
    /// <param name="use">Whether a person uses it, which begins its idle time anew.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    /// <returns>Null when there is none, or it was ended, unused for an hour, or older than 12 hours.</returns>
    public async Task<SignedInPerson?> FindAsync(string id, bool use, CancellationToken cancellationToken)
    {
        var key = Session.KeyOf(id);
        var now = time.GetUtcNow();
        var (oldest, longestUnused) = (now - Session.Longest, now - Session.Idle);
        var found = await (
            from session in All
            where session.Key == key && session.EndedAt == null && session.CreatedAt > oldest && session.LastSeenAt > longestUnused
            join person in db.Set<Person>() on session.PersonId equals person.Id
            select new SignedInPerson(
                person.Id, person.WorkspaceId, person.DisplayName, person.Role, session.Key, session.LastSeenAt, session.ProvedAt)).SingleOrDefaultAsync(cancellationToken);
        if (use && found is not null && now - found.LastSeenAt >= SeenStep)
            await SeeAsync(key, now, cancellationToken);
        return found;
    }

    /// <summary>Whether a session is still good, for answers that last. It is no use of the session.</summary>
    /// <param name="key">Key of the session.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    public Task<bool> IsStillGoodAsync(string key, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var (oldest, longestUnused) = (now - Session.Longest, now - Session.Idle);
        return All.AnyAsync(
            session => session.Key == key && session.EndedAt == null && session.CreatedAt > oldest && session.LastSeenAt > longestUnused, cancellationToken);
    }

    /// <summary>Whether a person signed in from a source before.</summary>
    /// <param name="personId">The person.</param>
    /// <param name="source">Source of the visitor.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    public Task<bool> IsKnownSourceAsync(string personId, string source, CancellationToken cancellationToken) =>
        All.AnyAsync(session => session.PersonId == personId && session.Source == source, cancellationToken);

    /// <summary>The good sessions of a person, last used first.</summary>
    /// <param name="personId">The person.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    public async Task<IReadOnlyList<Session>> ListAsync(string personId, CancellationToken cancellationToken) =>
        await Good(personId).AsNoTracking().OrderByDescending(session => session.LastSeenAt).ThenBy(session => session.Key).ToListAsync(cancellationToken);

    /// <summary>Ends a person's sessions at once, inside the caller's transaction: also those that began a moment ago.</summary>
    /// <param name="personId">The person.</param>
    /// <param name="exceptKey">A session that goes on, or null.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>How many were ended.</returns>
    public Task<int> EndAllAsync(string personId, string? exceptKey, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return Good(personId).Where(session => session.Key != exceptKey)
            .ExecuteUpdateAsync(set => set.SetProperty(session => session.EndedAt, now), cancellationToken);
    }

    /// <summary>Ends one session without a line in the log, because another begins in the same browser; the caller saves.</summary>
    /// <param name="key">Key of the session.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    public async Task ReplaceAsync(string key, CancellationToken cancellationToken) =>
        (await All.SingleOrDefaultAsync(session => session.Key == key, cancellationToken))?.End(time.GetUtcNow());

    /// <summary>Signs out: ends one session.</summary>
    /// <param name="key">Key of the session.</param>
    /// <param name="actor">Whose it is.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public async Task SignOutAsync(string key, Actor actor, CancellationToken cancellationToken)
    {
        await ReplaceAsync(key, cancellationToken);
        activity.Add(actor, ActivityAction.SignedOut, actor.Id, actor.Name);
        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Signs out everywhere else.</summary>
    /// <param name="key">Key of the session that goes on.</param>
    /// <param name="actor">Whose sessions.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>How many were ended.</returns>
    public async Task<int> SignOutElsewhereAsync(string key, Actor actor, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var ended = await EndAllAsync(actor.Id, key, cancellationToken);
        activity.Add(actor, ActivityAction.SessionsEnded, actor.Id, actor.Name, detail: ended.ToString(System.Globalization.CultureInfo.InvariantCulture));
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return ended;
    }

    /// <summary>Notes in the context that the person behind a session has proved again who they are; the caller saves.</summary>
    /// <param name="key">Key of the session.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    public async Task ProveAsync(string key, CancellationToken cancellationToken) =>
        (await All.SingleOrDefaultAsync(session => session.Key == key, cancellationToken))?.Prove(time.GetUtcNow());

    private async Task SeeAsync(string key, DateTimeOffset now, CancellationToken cancellationToken)
    {
        try
        {
            await All.Where(session => session.Key == key && session.LastSeenAt < now)
                .ExecuteUpdateAsync(set => set.SetProperty(session => session.LastSeenAt, now), cancellationToken);
        }
        catch (System.Data.Common.DbException)
        {
            // The database is busy writing. The page is not refused for it; the next one notes it.
        }
    }

    private IQueryable<Session> Good(string personId)
    {
        var now = time.GetUtcNow();
        var (oldest, longestUnused) = (now - Session.Longest, now - Session.Idle);
        return All.Where(session => session.PersonId == personId && session.EndedAt == null
            && session.CreatedAt > oldest && session.LastSeenAt > longestUnused);
    }
}
