using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using AImetier.Portal.Features.Accounts;
using AImetier.Portal.Features.ApiTokens;
using AImetier.Portal.Features.Approvals;
using AImetier.Portal.Features.IncomingHooks;
using AImetier.Portal.Features.Teammates;
using AImetier.Portal.Security;

namespace AImetier.Portal.Features.Developer;

/// <summary>Gathers what the pages of an incoming hook show.</summary>
/// <param name="hooks">Reads hooks.</param>
/// <param name="teammates">Finds their teammates.</param>
/// <param name="waiting">Counts what hooks asked for and still waits.</param>
public sealed class HookPages(IncomingHookReader hooks, TeammateDirectory teammates, WaitingOfSoftware waiting)
{
    /// <summary>The form of a new hook, or null when there is no such teammate.</summary>
    /// <param name="form">What was typed.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    public async Task<NewHookViewModel?> NewAsync(HookForm form, CancellationToken cancellationToken) =>
        await teammates.FindAsync(form.Teammate, cancellationToken) is { } teammate ? new NewHookViewModel(teammate, form, Nonce()) : null;

    /// <summary>The page of a hook, or null when there is none.</summary>
    /// <param name="user">Who looks.</param>
    /// <param name="hookId">Id from outside.</param>
    /// <param name="addressOf">Makes an absolute address of a path.</param>
    /// <param name="cancellationToken">Stops the reads.</param>
    /// <param name="form">What was typed, or null for what is stored.</param>
    /// <param name="made">A secret just made, or null.</param>
    public async Task<HookViewModel?> BuildAsync(
        ClaimsPrincipal user, string hookId, Func<string, string> addressOf, CancellationToken cancellationToken, HookForm? form = null, WebhookSecret? made = null)
    {
        if (await hooks.FindAsync(hookId, cancellationToken) is not { } hook || await teammates.FindAsync(hook.TeammateId, cancellationToken) is not { } teammate)
            return null;
        return new HookViewModel(
            hook,
            teammate,
            addressOf($"/api/v1/teammates/{hook.TeammateId}/hooks/{hook.Id}"),
            hook.CreatedById == user.ToActor().Id,
            await hooks.RefusalsAsync(hook.Id, cancellationToken),
            form ?? HookForm.Of(hook),
            Nonce())
        {
            NewSecret = made is null ? null : new NewHookSecretViewModel(made, hook.Name, $"/settings/developer/hooks/{hook.Id}"),
        };
    }

    /// <summary>The confirmation before a hook is removed, or null when there is none.</summary>
    /// <param name="hookId">Id from outside.</param>
    /// <param name="cancellationToken">Stops the reads.</param>
    public async Task<RemoveHookViewModel?> RemoveAsync(string hookId, CancellationToken cancellationToken) =>
        await hooks.FindAsync(hookId, cancellationToken) is { } hook && await teammates.FindAsync(hook.TeammateId, cancellationToken) is { } teammate
            ? new RemoveHookViewModel(hook, teammate, await waiting.CountOfHookAsync(hook.Id, cancellationToken))
            : null;

    /// <summary>What the teammate would be asked. Nothing is asked.</summary>
    /// <param name="template">The template, as it was typed and checked.</param>
    /// <param name="form">The sample.</param>
    public static HookQuestion Try(HookTemplate template, HookForm form) => HookQuestion.Of(template, form.SampleType, Encoding.UTF8.GetBytes(form.Sample ?? ""));

    private static string Nonce() => RandomNumberGenerator.GetString(TokenFormat.Alphabet, 22);
}
