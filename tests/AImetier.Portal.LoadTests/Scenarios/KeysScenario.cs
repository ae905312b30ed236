using System.Globalization;
using System.Security.Cryptography;
using AImetier.Portal.Features.ApiTokens;
using AImetier.Portal.LoadTests.Driving;
using AImetier.Portal.LoadTests.Hosting;
using AImetier.Portal.LoadTests.Reporting;
using Microsoft.Extensions.DependencyInjection;

namespace AImetier.Portal.LoadTests.Scenarios;

/// <summary>Whether many keys slow the Portal down: the check of a key and the first page of the list, beside the same with a thousand keys.</summary>
internal sealed class KeysScenario : IScenario
{
    private const int Few = 1_000;
    private const double Goal = 1.5;

    public string Name => "keys";

    public string Summary => "check of a key and first page of the list at --keys (100,000) ÷ at 1,000";

    public async Task<IReadOnlyList<Verdict>> RunAsync(RunOptions options, CancellationToken cancellationToken)
    {
        var many = options.Quick ? Math.Min(options.Keys, 20_000) : options.Keys;
        await using var small = await InProcessPortal.CreateAsync(Few, cancellationToken);
        await using var large = await InProcessPortal.CreateAsync(many, cancellationToken);

        // As many keys in use in both, spread over all there are; then half of what the proof cache can hold.
        var inUse = new Pair("check, 1,000 keys in use", one => Checks(one, Sample(one.Keys, Few)));
        var all = new Pair("check, up to 50,000 keys in use", one => Checks(one, Sample(one.Keys, 50_000)));
        var page = new Pair("first page of the list", Page);
        await Pair.MeasureAsync([inUse, all, page], small, large, options, cancellationToken);

        var (label, few) = (many.ToString("#,0 keys", CultureInfo.InvariantCulture), Few.ToString("#,0", CultureInfo.InvariantCulture));
        return [.. inUse.Verdicts(label, few, Goal), .. all.Verdicts(label, few, goal: null), .. page.Verdicts(label, few, Goal)];
    }

    private static string[] Sample(IReadOnlyList<string> keys, int count)
    {
        var shuffled = keys.ToArray();
        RandomNumberGenerator.Shuffle<string>(shuffled);
        return shuffled[..Math.Min(count, shuffled.Length)];
    }

    private static Func<Task> Checks(InProcessPortal portal, string[] keys)
    {
        var verifier = portal.Services.GetRequiredService<TokenVerifier>();
        portal.Services.GetRequiredService<VerifiedTokenCache>().Prove(portal.Services.GetRequiredService<TokenRowReader>(), keys);
        var next = 0;
        return async () =>
        {
            next = next + 1 == keys.Length ? 0 : next + 1;
            if (await verifier.VerifyAsync(keys[next], "127.0.0.1", CancellationToken.None) is not TokenCheck.Accepted)
                throw new InvalidOperationException("A good key was not accepted.");
        };
    }

    private static Func<Task> Page(InProcessPortal portal) => async () =>
    {
        var page = await portal.InScopeAsync(services =>
            services.GetRequiredService<TokenService>().ListActiveAsync(portal.TeammateId, after: null, CancellationToken.None));
        if (page.Tokens.Count != TokenPage.Size)
            throw new InvalidOperationException("The page is not full.");
    };
}
