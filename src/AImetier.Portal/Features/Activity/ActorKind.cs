namespace AImetier.Portal.Features.Activity;

/// <summary>Kinds of <see cref="Actor"/>.</summary>
public enum ActorKind
{
    /// <summary>The Portal itself.</summary>
    System,

    /// <summary>A signed-in person.</summary>
    Person,

    /// <summary>A program with a key.</summary>
    Key,
}
