using AImetier.Portal.Data;
using AImetier.Portal.Features.Activity;
using AImetier.Portal.Features.Shared;
using AImetier.Portal.Features.Teammates;
using AImetier.Portal.Security;
using Microsoft.EntityFrameworkCore;

namespace AImetier.Portal.Features.IncomingHooks;

/// <summary>Makes, changes, pauses, resumes and removes hooks of the current workspace, each in one transaction with its activity line.</summary>
/// <param name="db">The database.</param>
/// <param name="teammates">Finds the teammate of a hook.</param>
/// <param name="secrets">Encrypts secrets.</param>
/// <param name="activity">The activity log.</param>
/// <param name="time">The clock.</param>
public sealed class IncomingHookService(PortalDbContext db, TeammateDirectory teammates, HookSecrets secrets, ActivityLog activity, TimeProvider time)
{
    /// <summary>Makes a hook.</summary>
    /// <param name="draft">What was typed.</param>
    /// <param name="actor">Who makes it.</param>
    /// <param name="cancellationToken">Stops before anything is stored.</param>
    public async Task<HookSecretOutcome> MakeAsync(HookDraft draft, Actor actor, CancellationToken cancellationToken)
    {
        // By name only: Enum.TryParse takes numbers too.
        if (draft.Nonce is not { Length: >= 16 and <= 64 } nonce || !Enum.GetNames<HookProof>().Contains(draft.Proof, StringComparer.Ordinal))
            return new HookSecretOutcome.BadForm();
        var proof = Enum.Parse<HookProof>(draft.Proof!);
        var profile = HookProfile.Of(draft.Name, draft.Template);
        var (secret, made) = SecretOf(proof, draft.Secret);
        if (profile is not { Name: NameCheck.Good(var name), Template: TemplateCheck.Good(var template) } || (secret is null && proof != HookProof.Key))
            return new HookSecretOutcome.Invalid(profile, BadSecret: secret is null && proof != HookProof.Key);

        // The transaction comes first: of two submits at once, the second sees the hook of the first.
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await ByNonceAsync(nonce, cancellationToken) is { } before)
            return new HookSecretOutcome.AlreadyDone(before);
        if (await teammates.FindAsync(draft.TeammateId, cancellationToken) is not { } teammate)
            return new HookSecretOutcome.NotFound();
        if (await db.Set<IncomingHook>().CountAsync(row => row.TeammateId == teammate.Id, cancellationToken) >= IncomingHook.MostOfTeammate)
            return new HookSecretOutcome.TooMany();

        var hook = new IncomingHook
        {
            Id = EntityId.New("hk"),
            WorkspaceId = actor.WorkspaceId,
            TeammateId = teammate.Id,
            Name = name,
            Template = template.Text,
            Proof = proof,
            FormNonce = nonce,
            CreatedAt = time.GetUtcNow(),
            CreatedById = actor.Id,
            CreatedByName = actor.Name,
        };
        if (secret is not null)
            hook.SetSecret(secrets.Protect(hook.Id, secret));
        db.Add(hook);
        activity.Add(actor, ActivityAction.IncomingHookCreated, hook.Id, hook.Name, hook.TeammateId);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(CancellationToken.None);
        return new HookSecretOutcome.Done(hook.Id, made);
    }

    /// <summary>Puts another secret in the place of a hook's. From then on the old one proves nothing.</summary>
    /// <param name="hookId">Id from outside.</param>
    /// <param name="typed">A secret that the sender gave; empty to have one made.</param>
    /// <param name="nonce">One-use value of the form, 16 to 64 characters.</param>
    /// <param name="actor">Who replaces it.</param>
    /// <param name="cancellationToken">Stops before anything is stored.</param>
    public async Task<HookSecretOutcome> ReplaceSecretAsync(string hookId, string? typed, string? nonce, Actor actor, CancellationToken cancellationToken)
    {
        if (nonce is not { Length: >= 16 and <= 64 })
            return new HookSecretOutcome.BadForm();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await ByNonceAsync(nonce, cancellationToken) is { } before)
            return new HookSecretOutcome.AlreadyDone(before);
        if (await FindRowAsync(hookId, cancellationToken) is not { Proof: not HookProof.Key } hook)
            return new HookSecretOutcome.NotFound();
        var (secret, made) = SecretOf(hook.Proof, typed);
        if (secret is null)
            return new HookSecretOutcome.Invalid(null, BadSecret: true);

        hook.SetSecret(secrets.Protect(hook.Id, secret));
        hook.FormNonce = nonce;
        activity.Add(actor, ActivityAction.IncomingHookSecretReplaced, hook.Id, hook.Name, hook.TeammateId);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(CancellationToken.None);
        return new HookSecretOutcome.Done(hook.Id, made);
    }

    /// <summary>Changes name and template.</summary>
    /// <param name="hookId">Id from outside.</param>
    /// <param name="name">What was typed.</param>
    /// <param name="template">What was typed.</param>
    /// <param name="actor">Who changes it.</param>
    /// <param name="cancellationToken">Stops before anything is stored.</param>
    /// <returns>The checks, stored when both are good; or null when there is no such hook.</returns>
    public async Task<HookProfile?> ChangeAsync(string hookId, string? name, string? template, Actor actor, CancellationToken cancellationToken)
    {
        var profile = HookProfile.Of(name, template);
        var found = await ActAsync(
            hookId,
            hook =>
            {
                if (profile is not { Name: NameCheck.Good(var newName), Template: TemplateCheck.Good(var newTemplate) })
                    return;
                var former = hook.Name;
                (hook.Name, hook.Template) = (newName, newTemplate.Text);
                if (db.ChangeTracker.HasChanges())
                    activity.Add(actor, ActivityAction.IncomingHookChanged, hook.Id, newName, hook.TeammateId, former == newName ? null : former);
            },
            cancellationToken);
        return found is null ? null : profile;
    }

    /// <summary>Takes nothing until resumed, and stops what is being worked on.</summary>
    /// <param name="hookId">Id from outside.</param>
    /// <param name="actor">Who pauses it.</param>
    /// <param name="cancellationToken">Stops before anything is stored.</param>
    /// <returns>The hook as it is now, or null when there is none.</returns>
    public Task<IncomingHook?> PauseAsync(string hookId, Actor actor, CancellationToken cancellationToken) => ActAsync(
        hookId,
        hook =>
        {
            if (hook.PausedAt is null)
                activity.Add(actor, ActivityAction.IncomingHookPaused, hook.Id, hook.Name, hook.TeammateId);
            hook.Pause(time.GetUtcNow());
        },
        cancellationToken);

    /// <summary>Takes work again.</summary>
    /// <param name="hookId">Id from outside.</param>
    /// <param name="actor">Who resumes it.</param>
    /// <param name="cancellationToken">Stops before anything is stored.</param>
    /// <returns>The hook as it is now, or null when there is none.</returns>
    public Task<IncomingHook?> ResumeAsync(string hookId, Actor actor, CancellationToken cancellationToken) => ActAsync(
        hookId,
        hook =>
        {
            if (hook.PausedAt is not null)
                activity.Add(actor, ActivityAction.IncomingHookResumed, hook.Id, hook.Name, hook.TeammateId);
            hook.Resume();
        },
        cancellationToken);

    /// <summary>Ends a hook for good: its address takes nothing, and what is being worked on is stopped.</summary>
    /// <param name="hookId">Id from outside.</param>
    /// <param name="actor">Who removes it.</param>
    /// <param name="cancellationToken">Stops before anything is stored.</param>
    /// <returns>The hook that was, or null when there is none.</returns>
    public Task<IncomingHook?> RemoveAsync(string hookId, Actor actor, CancellationToken cancellationToken) => ActAsync(
        hookId,
        hook =>
        {
            db.Remove(hook);
            activity.Add(actor, ActivityAction.IncomingHookRemoved, hook.Id, hook.Name, hook.TeammateId);
        },
        cancellationToken);

    private async Task<IncomingHook?> ActAsync(string hookId, Action<IncomingHook> act, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await FindRowAsync(hookId, cancellationToken) is not { } hook)
            return null;
        act(hook);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(CancellationToken.None);
        return hook;
    }

    private Task<IncomingHook?> FindRowAsync(string hookId, CancellationToken cancellationToken) =>
        db.Set<IncomingHook>().SingleOrDefaultAsync(hook => hook.Id == hookId, cancellationToken);

    private Task<string?> ByNonceAsync(string nonce, CancellationToken cancellationToken) =>
        db.Set<IncomingHook>().Where(hook => hook.FormNonce == nonce).Select(hook => hook.Id).SingleOrDefaultAsync(cancellationToken);

    // What was typed, or one that is made; the second is shown once.
    private static (WebhookSecret? Secret, WebhookSecret? Made) SecretOf(HookProof proof, string? typed)
    {
        if (proof == HookProof.Key)
            return (null, null);
        if (!string.IsNullOrWhiteSpace(typed))
            return (HookSecrets.Read(proof, typed), null);
        var made = HookSecrets.Make(proof);
        return (made, made);
    }
}
