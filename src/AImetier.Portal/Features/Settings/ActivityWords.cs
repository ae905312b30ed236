using System.Globalization;
using AImetier.Portal.Features.Activity;
using AImetier.Portal.Features.Shared;
using Microsoft.Extensions.Localization;

namespace AImetier.Portal.Features.Settings;

/// <summary>Puts a line of the activity log into words.</summary>
/// <param name="text">Resources of Settings.</param>
public sealed class ActivityWords(IStringLocalizer<SettingsText> text)
{
    /// <summary>Who did it.</summary>
    /// <param name="entry">The line.</param>
    public string Who(ActivityEntry entry) => entry.ActorKind switch
    {
        ActorKind.Person => entry.ActorName,
        ActorKind.Key => text["Who.Key", entry.ActorName],
        _ => text["Who.Portal"],
    };

    /// <summary>What was done to what, for example "Hired the teammate Mia".</summary>
    /// <param name="entry">The line.</param>
    public string What(ActivityEntry entry) => text[$"Activity.{entry.Action}", entry.SubjectName ?? entry.SubjectId ?? ""];

    /// <summary>The fact beside it, such as the former name or how often; or null.</summary>
    /// <param name="entry">The line.</param>
    public string? Detail(ActivityEntry entry) => (entry.Action, entry.Detail) switch
    {
        (_, null or "") => null,
        (ActivityAction.WorkspaceChanged or ActivityAction.TeammateChanged or ActivityAction.TokenRenamed or ActivityAction.ProfileChanged or ActivityAction.IncomingHookChanged, var former) => text["Detail.Former", former],
        (ActivityAction.SessionsEnded, var count) when Number(count) is { } n => text.Plural("Detail.Sessions", n),
        (ActivityAction.TokenRefused or ActivityAction.SignInRefused, var count) when Number(count) is { } n => text.Plural("Detail.Times", n),
        var (_, other) => other,
    };

    private static long? Number(string count) =>
        long.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
