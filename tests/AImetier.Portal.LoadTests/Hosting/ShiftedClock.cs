namespace AImetier.Portal.LoadTests.Hosting;

/// <summary>The machine's clock, ahead by so much: a restarted Portal finds that time has passed.</summary>
internal sealed class ShiftedClock(TimeSpan ahead) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + ahead;
}
