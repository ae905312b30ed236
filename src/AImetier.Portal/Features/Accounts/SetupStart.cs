using AImetier.Portal.Data;
using AImetier.Portal.Features.Shared;
using Microsoft.Extensions.Options;

namespace AImetier.Portal.Features.Accounts;

/// <summary>At start, before the first request: makes the owner from the section <c>Setup</c> when there is none.</summary>
/// <param name="scopes">Makes the scope of the work.</param>
/// <param name="options">The section.</param>
public sealed class SetupStart(IServiceScopeFactory scopes, IOptions<SetupOptions> options)
{
    /// <summary>Sets up when it is asked for and nobody did.</summary>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="PortalStartException">A value is missing or does not fit; the message names its key and never the password.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var setup = scope.ServiceProvider.GetRequiredService<SetupService>();
        if (!await setup.IsNeededAsync(cancellationToken) || Request(options.Value) is not { } request)
            return;
        if (await setup.CreateAsync(request, visitor: null, cancellationToken) is SetupOutcome.Invalid invalid)
            throw new PortalStartException(Describe(invalid));
    }

    private static SetupRequest? Request(SetupOptions values)
    {
        (string Key, string? Value)[] all =
            [("Setup:Email", values.Email), ("Setup:Password", values.Password), ("Setup:Workspace", values.Workspace)];
        if (all.All(pair => string.IsNullOrEmpty(pair.Value)))
            return null;
        if (all.FirstOrDefault(pair => string.IsNullOrEmpty(pair.Value)) is { Key: { } missing })
            throw new PortalStartException($"{missing}: it is missing; set Setup:Email, Setup:Password and Setup:Workspace, or none of them");
        return new SetupRequest(values.Workspace!, values.Email!, values.Password!);
    }

    private static string Describe(SetupOutcome.Invalid invalid) => invalid switch
    {
        { EmailFits: false } => "Setup:Email: it must be an e-mail address",
        { Password: PasswordProblem.TooShort } => $"Setup:Password: it must have at least {PasswordRule.Shortest} characters",
        { Password: PasswordProblem.TooLong } => $"Setup:Password: it must have at most {PasswordRule.Longest} characters",
        { Password: PasswordProblem.Common } => "Setup:Password: it is one that attackers try first; choose another",
        { Password: PasswordProblem.IsEmail } => "Setup:Password: it must not be the e-mail",
        { Workspace: NameCheck.Forbidden(var character) } => $"Setup:Workspace: it contains {character}; leave that character out",
        _ => $"Setup:Workspace: it must have 1 to {Workspace.LongestName} characters",
    };
}
