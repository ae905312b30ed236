using AImetier.Portal.Features.Accounts;

namespace AImetier.Portal;

/// <summary>The commands of the program, beside running the Portal.</summary>
public static class Commands
{
    /// <summary>Runs the command that the command line begins with, if any.</summary>
    /// <param name="services">The built application's services; the database is up to date.</param>
    /// <param name="args">The command line.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The exit code, or null when the Portal itself is to run.</returns>
    public static async Task<int?> RunAsync(IServiceProvider services, string[] args, CancellationToken cancellationToken)
    {
        if (args is [] or [['-' or '/', ..], ..] || args[0].Contains('=', StringComparison.Ordinal))
            return null;
        await using var scope = services.CreateAsyncScope();
        switch (args)
        {
            case [ResetPasswordCommand.Name, var email, ..]:
                return await scope.ServiceProvider.GetRequiredService<ResetPasswordCommand>().RunAsync(email, cancellationToken);
            default:
                await Console.Error.WriteLineAsync($"Unknown command. There is: {ResetPasswordCommand.Name} <email>");
                return 1;
        }
    }
}
