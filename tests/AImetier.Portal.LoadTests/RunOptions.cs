using System.Globalization;

namespace AImetier.Portal.LoadTests;

/// <summary>What the command line asks for.</summary>
/// <param name="Scenario">Name of the scenario.</param>
/// <param name="Quick">A short run that proves the mechanics and gives no verdict.</param>
/// <param name="Keys">Keys in the large database of <c>keys</c>.</param>
/// <param name="Sequences">Sequences of <c>approvals</c>.</param>
/// <param name="Kills">Kills of <c>send-kills</c> and <c>webhook-kills</c>.</param>
internal sealed record RunOptions(string Scenario, bool Quick, int Keys, int Sequences, int Kills)
{
    public const string Usage = "[--quick] [--keys <n>] [--sequences <n>] [--kills <n>]";
    private const int DefaultSequences = 100_000;
    private const int MostSequences = 10_000_000;
    private const int DefaultKills = 200;
    private const int MostKills = 10_000;
    private const int DefaultKeys = 100_000;
    private const int MostKeys = 10_000_000;

    /// <summary>Reads the command line, or returns null when it makes no sense.</summary>
    public static RunOptions? Parse(string[] args)
    {
        if (args is not [{ } scenario, .. var rest])
            return null;

        var options = new RunOptions(scenario, Quick: false, DefaultKeys, DefaultSequences, DefaultKills);
        while (rest.Length > 0)
        {
            switch (rest)
            {
                case ["--quick", .. var more]:
                    (options, rest) = (options with { Quick = true }, more);
                    break;
                case ["--keys", var text, .. var more] when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var keys) && keys is >= 2_000 and <= MostKeys:
                    (options, rest) = (options with { Keys = keys }, more);
                    break;
                case ["--sequences", var text, .. var more] when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var sequences) && sequences is >= 1 and <= MostSequences:
                    (options, rest) = (options with { Sequences = sequences }, more);
                    break;
                case ["--kills", var text, .. var more] when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var kills) && kills is >= 1 and <= MostKills:
                    (options, rest) = (options with { Kills = kills }, more);
                    break;
                default:
                    return null;
            }
        }

        return options;
    }
}
