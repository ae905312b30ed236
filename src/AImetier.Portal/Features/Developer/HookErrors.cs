using AImetier.Portal.Features.IncomingHooks;
using Microsoft.Extensions.Localization;

namespace AImetier.Portal.Features.Developer;

/// <summary>Puts what does not fit about an incoming hook into words.</summary>
public static class HookErrors
{
    /// <summary>The sentence for people about a template, or null when it is good.</summary>
    /// <param name="text">Resources of incoming hooks.</param>
    /// <param name="check">Outcome of the check.</param>
    public static string? Describe(this IStringLocalizer<IncomingHookText> text, TemplateCheck check) => check switch
    {
        TemplateCheck.TooLong(var characters) => text["Template.TooLong", HookTemplate.Longest, characters].Value,
        TemplateCheck.Forbidden(var character) => text["Template.Forbidden", character].Value,
        TemplateCheck.TooManyPlaces(var places) => text["Template.TooManyPlaces", HookTemplate.MostPlaces, places].Value,
        TemplateCheck.NotClosed(var beginning) => text["Template.NotClosed", "{{" + beginning, "}}"].Value,
        TemplateCheck.NotAPointer(var written) => text["Template.NotAPointer", written, "{{/name}}"].Value,
        _ => null,
    };
}
