namespace AImetier.Portal.LoadTests.Driving;

/// <summary>What one burst of load achieved.</summary>
/// <param name="Requests">Answered with 200.</param>
/// <param name="BodyBytes">Of each answer.</param>
/// <param name="Elapsed">From the first request to the last answer.</param>
/// <param name="ServerTime">Processor time of the server meanwhile.</param>
internal sealed record Burst(long Requests, int BodyBytes, TimeSpan Elapsed, TimeSpan ServerTime)
{
    /// <summary>Requests a second.</summary>
    public double PerSecond => Requests / Elapsed.TotalSeconds;

    /// <summary>Microseconds of the server's processor for each request.</summary>
    public double ServerMicroseconds => ServerTime.TotalMicroseconds / Requests;

    /// <summary>Share of the time in which the server was at work: near 1, it and not the client set the pace.</summary>
    public double ServerLoad => ServerTime / Elapsed;
}
