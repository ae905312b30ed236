namespace AImetier.Portal.Features.Shared;

/// <summary>The time zone in which the running request's exact instants are shown. UTC until someone who knows better sets it.</summary>
public sealed class ReaderZone
{
    /// <summary>The zone.</summary>
    public TimeZoneInfo Zone { get; private set; } = TimeZoneInfo.Utc;

    /// <summary>Sets the zone; an id this machine does not know leaves it as it is.</summary>
    /// <param name="zoneId">IANA id, for example <c>Europe/Paris</c>.</param>
    public void Set(string zoneId)
    {
        if (TimeZoneInfo.TryFindSystemTimeZoneById(zoneId, out var zone))
            Zone = zone;
    }
}
