namespace AImetier.Portal.Features.Connectors;

/// <summary>Why a field of an e-mail does not fit.</summary>
public enum EmailProblem
{
    /// <summary>It is empty or blank.</summary>
    Empty,

    /// <summary>It is too long.</summary>
    TooLong,

    /// <summary>It holds a control character, a line break where one line stands, or half of a character.</summary>
    ControlCharacter,

    /// <summary>It is not one e-mail address.</summary>
    NoAddress,
}
