using Perfolizer.Horology;

namespace AImetier.Portal.LoadTests.Scenarios;

/// <summary>
/// Counts the processor time of this process, so that a busy neighbor on the machine is not measured. What waits for the disk is not counted
/// either, which favors the slower ways that the Portal is compared with.
/// </summary>
internal sealed class ProcessorClock : IClock
{
    public string Title => "Processor time";

    public bool IsAvailable => true;

    public Frequency Frequency => new(TimeSpan.TicksPerSecond);

    public long GetTimestamp() => Environment.CpuUsage.TotalTime.Ticks;
}
