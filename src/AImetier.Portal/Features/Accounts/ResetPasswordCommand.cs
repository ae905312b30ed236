namespace AImetier.Portal.Features.Accounts;

/// <summary>The command <c>reset-password &lt;email&gt;</c>: prints a one-hour, single-use link on the console. It may run beside a running Portal.</summary>
/// <param name="passwords">Makes the link.</param>
/// <param name="address">Where the Portal is reached.</param>
public sealed class ResetPasswordCommand(PasswordService passwords, PortalAddress address)
{
    /// <summary>Name on the command line.</summary>
    public const string Name = "reset-password";

    /// <summary>Runs the command.</summary>
    /// <param name="email">E-mail of the person.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>Exit code: 0, or 1 when nobody has that e-mail.</returns>
    public async Task<int> RunAsync(string email, CancellationToken cancellationToken)
    {
        if (await passwords.MakeLinkAsync(email, cancellationToken) is not { } code)
        {
            await Console.Error.WriteLineAsync($"Nobody here signs in as {email}.");
            return 1;
        }

        await Console.Out.WriteLineAsync($"All sessions of {email} were ended. This link works once, for one hour:");
        await Console.Out.WriteLineAsync($"{address.Value}/account/reset#code={code}");
        return 0;
    }
}
