using AImetier.Portal.Data;
using AImetier.Portal.Features.Accounts;
using AImetier.Portal.Features.Activity;
using AImetier.Portal.Features.Shared;
using Microsoft.EntityFrameworkCore;

namespace AImetier.Portal.Features.Settings;

/// <summary>Changes name, language and time zone of a workspace.</summary>
/// <param name="db">The database.</param>
/// <param name="activity">Notes the change.</param>
public sealed class GeneralService(PortalDbContext db, ActivityLog activity)
{
    /// <summary>Every time zone that can be chosen: IANA ids in alphabetical order, UTC first.</summary>
    public static IReadOnlyList<string> TimeZones { get; } =
        [TimeZoneInfo.Utc.Id, .. TimeZoneInfo.GetSystemTimeZones().Select(IanaId).OfType<string>().Where(id => id != TimeZoneInfo.Utc.Id).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>Checks and saves, with its line in the activity log when something changes.</summary>
    /// <param name="actor">The admin.</param>
    /// <param name="form">What was typed.</param>
    /// <param name="cancellationToken">Stops the work; nothing is then kept.</param>
    public async Task<GeneralOutcome> SaveAsync(Actor actor, GeneralForm form, CancellationToken cancellationToken)
    {
        var name = NameCheck.Of(form.Name, Workspace.LongestName);
        var language = string.IsNullOrEmpty(form.Language) ? null : form.Language;
        var unknownLanguage = language is not null && !PageLanguage.All.Contains(language, StringComparer.Ordinal);
        var unknownZone = !TimeZones.Contains(form.TimeZone, StringComparer.Ordinal);
        if (name is not NameCheck.Good(var text) || unknownLanguage || unknownZone)
            return new GeneralOutcome.Refused(name is NameCheck.Good ? null : name, unknownLanguage, unknownZone);

        var workspace = await db.Set<Workspace>().SingleAsync(row => row.Id == actor.WorkspaceId, cancellationToken);
        var former = workspace.Name;
        (workspace.Name, workspace.Language, workspace.TimeZone) = (text, language, form.TimeZone!);
        if (db.Entry(workspace).State == EntityState.Modified)
            activity.Add(actor, ActivityAction.WorkspaceChanged, workspace.Id, text, detail: former == text ? null : former);
        await db.SaveChangesAsync(cancellationToken);
        return new GeneralOutcome.Saved();
    }

    private static string? IanaId(TimeZoneInfo zone) =>
        zone.HasIanaId ? zone.Id : TimeZoneInfo.TryConvertWindowsIdToIanaId(zone.Id, out var id) ? id : null;
}
