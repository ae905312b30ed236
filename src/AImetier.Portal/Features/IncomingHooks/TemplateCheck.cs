namespace AImetier.Portal.Features.IncomingHooks;

/// <summary>Outcome of reading a template.</summary>
public abstract record TemplateCheck
{
    private TemplateCheck()
    {
    }

    /// <summary>The template can be used.</summary>
    /// <param name="Template">The template; it may be empty.</param>
    public sealed record Good(HookTemplate Template) : TemplateCheck;

    /// <summary>Too many characters.</summary>
    /// <param name="Characters">How many there are.</param>
    public sealed record TooLong(int Characters) : TemplateCheck;

    /// <summary>A control character, or a byte that is no text.</summary>
    /// <param name="Character">Its code point, for example <c>U+0007</c>.</param>
    public sealed record Forbidden(string Character) : TemplateCheck;

    /// <summary>Too many places to fill.</summary>
    /// <param name="Places">How many there are.</param>
    public sealed record TooManyPlaces(int Places) : TemplateCheck;

    /// <summary>Two braces open a place that nothing closes.</summary>
    /// <param name="Beginning">What follows them, cut short.</param>
    public sealed record NotClosed(string Beginning) : TemplateCheck;

    /// <summary>What stands between the braces names no place.</summary>
    /// <param name="Written">What stands there, cut short.</param>
    public sealed record NotAPointer(string Written) : TemplateCheck;
}
