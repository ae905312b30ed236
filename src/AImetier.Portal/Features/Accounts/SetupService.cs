using System.ComponentModel.DataAnnotations;
using System.Data;
using AImetier.Portal.Data;
using AImetier.Portal.Features.Activity;
using AImetier.Portal.Features.Shared;
using Microsoft.EntityFrameworkCore;

namespace AImetier.Portal.Features.Accounts;

/// <summary>Makes the first workspace and its owner, once.</summary>
/// <param name="db">The database.</param>
/// <param name="people">People and their passwords.</param>
/// <param name="sessions">Sessions.</param>
/// <param name="activity">The activity log.</param>
/// <param name="state">Remembers that it is done.</param>
/// <param name="code">The one-time code.</param>
/// <param name="delays">Waits after wrong codes.</param>
/// <param name="time">The clock.</param>
public sealed class SetupService(
    PortalDbContext db,
    PersonManager people,
    SessionService sessions,
    ActivityLog activity,
    SetupState state,
    SetupCode code,
    SignInDelays delays,
    TimeProvider time)
{
    private const string Account = "setup";

    /// <summary>Whether there is no owner yet. Another process may have made one, so it is read until it is so.</summary>
    /// <param name="cancellationToken">Stops the read.</param>
    public async Task<bool> IsNeededAsync(CancellationToken cancellationToken)
    {
        if (!state.IsDone && await HasOwnerAsync(cancellationToken))
            state.Done();
        return !state.IsDone;
    }

    /// <summary>Sets up from the page: checks the code, makes workspace and owner, signs the owner in.</summary>
    /// <param name="request">What was typed.</param>
    /// <param name="typedCode">The code that was typed.</param>
    /// <param name="visitor">The browser.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="TooManySignInsException">The queue of password hashing is full.</exception>
    public async Task<SetupOutcome> SetUpAsync(SetupRequest request, string? typedCode, Visitor visitor, CancellationToken cancellationToken)
    {
        if (delays.Begin(Account, visitor.Source, known: true) is { } wait)
            return new SetupOutcome.Wait(wait);
        if (!code.Matches(typedCode))
            return new SetupOutcome.WrongCode();
        delays.Succeeded(Account, visitor.Source, known: true);
        return await CreateAsync(request, visitor, cancellationToken);
    }

    /// <summary>Makes workspace and owner when there is none, without a code: for the unattended start.</summary>
    /// <param name="request">From the configuration.</param>
    /// <param name="visitor">The owner's browser, which is then signed in; null when there is none.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public async Task<SetupOutcome> CreateAsync(SetupRequest request, Visitor? visitor, CancellationToken cancellationToken)
    {
        var email = request.Email.Trim();
        var workspaceName = NameCheck.Of(request.Workspace, Workspace.LongestName);
        var emailFits = email.Length <= Person.LongestEmail && new EmailAddressAttribute().IsValid(email) && email[0] != '@' && !email.Any(character => char.IsWhiteSpace(character) || char.IsControl(character));
        var problem = PasswordRule.Check(request.Password, email);
        if (workspaceName is not NameCheck.Good(var name) || !emailFits || problem is not null)
            return new SetupOutcome.Invalid(workspaceName, emailFits, problem);

        var workspace = new Workspace { Id = EntityId.New("ws"), Name = name, CreatedAt = time.GetUtcNow() };
        var owner = new Person
        {
            WorkspaceId = workspace.Id,
            UserName = email,
            Email = email,
            DisplayName = Person.NameFrom(email),
            Role = PersonRole.Owner,
            CreatedAt = workspace.CreatedAt,
        };
        await people.SetPasswordAsync(owner, request.Password, visitor?.Source ?? Account, cancellationToken);

        // Serializable, so that of two set-ups at the same moment one finds the other's owner.
        await using var transaction = await db.Database.BeginTransactionAsync(IsolationLevel.Serializable, cancellationToken);
        if (await HasOwnerAsync(cancellationToken))
            return new SetupOutcome.AlreadyDone();
        db.Add(workspace);
        activity.Add(owner.ToActor(), ActivityAction.WorkspaceCreated, workspace.Id, workspace.Name);
        var created = await people.CreateAsync(owner);
        if (!created.Succeeded)
            throw new InvalidOperationException("The owner was refused: " + string.Join(", ", created.Errors.Select(error => error.Code)));
        var id = visitor is null ? null : await sessions.BeginAsync(owner, visitor, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        state.Done();
        return new SetupOutcome.Done(id);
    }

    private Task<bool> HasOwnerAsync(CancellationToken cancellationToken) =>
        people.Users.AnyAsync(person => person.Role == PersonRole.Owner, cancellationToken);
}
