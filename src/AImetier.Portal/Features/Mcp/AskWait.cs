using System.Globalization;
using AImetier.Portal.Features.ApiTokens;
using AImetier.Portal.Features.Conversations;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace AImetier.Portal.Features.Mcp;

/// <summary>Waits for a reply while its key may be used, and tells the client how it goes where it wants to know.</summary>
/// <param name="watch">Ends the wait with its key.</param>
/// <param name="time">The clock.</param>
public sealed class AskWait(KeyWatch watch, TimeProvider time)
{
    /// <summary>Longest wait: many clients give up after a minute.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(45);

    /// <summary>Time between two notes of progress.</summary>
    public static readonly TimeSpan Pace = TimeSpan.FromSeconds(5);

    /// <summary>Waits.</summary>
    /// <param name="running">The reply being written.</param>
    /// <param name="key">The key that asked.</param>
    /// <param name="call">The call.</param>
    /// <param name="cancellationToken">The client leaves; the work goes on.</param>
    /// <returns>The outcome; <see cref="AskOutcome.Started"/> when it takes longer than <see cref="Longest"/>, <see cref="AskOutcome.KeyRevoked"/> when the key ended.</returns>
    public async Task<AskOutcome> ForAsync(RunningReply running, TokenPrincipal key, RequestContext<CallToolRequestParams> call, CancellationToken cancellationToken)
    {
        AskOutcome outcome = new AskOutcome.KeyRevoked();
        await watch.RunAsync(key.TokenId, async token => outcome = await ForAsync(running, key.TeammateName, call, token), cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        return outcome;
    }

    private async Task<AskOutcome> ForAsync(RunningReply running, string teammateName, RequestContext<CallToolRequestParams> call, CancellationToken cancellationToken)
    {
        for (var waited = TimeSpan.Zero; waited < Longest; waited += Pace)
        {
            try
            {
                return await running.Outcome.WaitAsync(Pace, time, cancellationToken);
            }
            catch (TimeoutException)
            {
                await TellAsync(waited + Pace, running.Length, teammateName, call, cancellationToken);
            }
        }

        return new AskOutcome.Started(running);
    }

    private static Task TellAsync(TimeSpan waited, int written, string teammateName, RequestContext<CallToolRequestParams> call, CancellationToken cancellationToken) =>
        call.Params?.ProgressToken is not { } progress ? Task.CompletedTask : call.Server.NotifyProgressAsync(
            progress,
            new ProgressNotificationValue
            {
                Progress = (float)waited.TotalSeconds,
                Message = string.Create(CultureInfo.InvariantCulture, $"{teammateName} is working; {written} characters are written."),
            },
            cancellationToken: cancellationToken);
}
