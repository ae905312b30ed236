using AImetier.Portal.Features.Shared;

namespace AImetier.Portal.Features.IncomingHooks;

/// <summary>What a person typed about a hook, checked: the same for making and for changing.</summary>
/// <param name="Name">Check of the name.</param>
/// <param name="Template">Check of the template.</param>
public sealed record HookProfile(NameCheck Name, TemplateCheck Template)
{
    /// <summary>Whether both may be stored.</summary>
    public bool IsGood => Name is NameCheck.Good && Template is TemplateCheck.Good;

    /// <summary>Checks what was typed.</summary>
    /// <param name="name">Name, or null.</param>
    /// <param name="template">Template, or null.</param>
    public static HookProfile Of(string? name, string? template) => new(NameCheck.Of(name, IncomingHook.LongestName), HookTemplate.Parse(template));
}
