using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace AImetier.Portal.Data;

/// <summary>Stores an instant as UTC ticks (100 ns since 0001-01-01), which SQLite can order and compare.</summary>
public sealed class UtcTicksConverter() : ValueConverter<DateTimeOffset, long>(
    value => value.UtcTicks,
    ticks => new DateTimeOffset(ticks, TimeSpan.Zero));
