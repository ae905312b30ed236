namespace AImetier.Portal.Tests.Webhooks.Killing;

/// <summary>What came of a campaign of kills.</summary>
/// <param name="Kills">Processes killed.</param>
/// <param name="MidAttempt">Kills that left deliveries behind which somebody had claimed.</param>
/// <param name="Published">Events stored.</param>
/// <param name="Lost">Events that never arrived.</param>
/// <param name="Undelivered">Deliveries that are not stored as delivered at the end.</param>
/// <param name="Repeats">Arrivals beyond the first of an event, each with the same <c>webhook-id</c> and the same bytes.</param>
/// <param name="Strangers">Arrivals with an id of no event, with other bytes than before, or with a signature that is not good.</param>
/// <param name="Planned">Deliveries made for the events; as many as these when each was planned once.</param>
/// <param name="Database">What SQLite's integrity check says.</param>
public sealed record KillTally(int Kills, int MidAttempt, int Published, int Lost, int Undelivered, int Repeats, int Strangers, int Planned, string Database)
{
    /// <summary>Whether everything is as promised.</summary>
    public bool Holds => Lost == 0 && Undelivered == 0 && Strangers == 0 && Planned == Published && Database == "ok";
}
