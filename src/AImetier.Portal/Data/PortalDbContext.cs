using System.Reflection;
using Microsoft.EntityFrameworkCore;

namespace AImetier.Portal.Data;

/// <summary>The Portal's database. It names no feature: rows are found through their configurations, code uses <c>Set&lt;T&gt;()</c>.</summary>
/// <param name="options">Provider and connection.</param>
/// <param name="workspace">The workspace that queries are filtered by.</param>
public class PortalDbContext(DbContextOptions<PortalDbContext> options, CurrentWorkspace workspace) : DbContext(options)
{
    private static readonly MethodInfo FilterMethod =
        typeof(PortalDbContext).GetMethod(nameof(FilterByWorkspace), BindingFlags.Instance | BindingFlags.NonPublic)!;

    /// <summary>The workspace that queries are filtered by; read anew by every query.</summary>
    public string? WorkspaceId => workspace.Id;

    /// <inheritdoc/>
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        // SQLite cannot order or compare DateTimeOffset in SQL; UTC ticks can be.
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcTicksConverter>();
    }

    /// <inheritdoc/>
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(PortalDbContext).Assembly);
        foreach (var type in modelBuilder.Model.GetEntityTypes().Select(entity => entity.ClrType).Where(typeof(IWorkspaceOwned).IsAssignableFrom).ToList())
            FilterMethod.MakeGenericMethod(type).Invoke(this, [modelBuilder]);
    }

    private void FilterByWorkspace<T>(ModelBuilder modelBuilder)
        where T : class, IWorkspaceOwned =>
        modelBuilder.Entity<T>().HasQueryFilter(row => row.WorkspaceId == WorkspaceId);
}
