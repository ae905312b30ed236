namespace AImetier.Portal.Features.Approvals;

/// <summary>Kinds of <see cref="Requester"/>.</summary>
public enum RequesterKind
{
    /// <summary>A signed-in person.</summary>
    Person = 0,

    /// <summary>A program with a key.</summary>
    Key = 1,

    /// <summary>An incoming hook.</summary>
    Hook = 2,
}
