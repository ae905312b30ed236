namespace AImetier.Portal.Features.NeedsAttention;

/// <summary>Kinds of characters that a reader does not see, or that change what a reader sees. The names are keys of the texts.</summary>
public enum HiddenCharacter
{
    /// <summary>U+202E: what follows is shown backwards.</summary>
    RightToLeftOverride,

    /// <summary>U+202D: what follows is shown from left to right, whatever it is.</summary>
    LeftToRightOverride,

    /// <summary>Another mark that steers the direction of text.</summary>
    Direction,

    /// <summary>A character without width, or one that joins or keeps apart its neighbors.</summary>
    ZeroWidth,

    /// <summary>U+00AD: shown at the end of a line alone.</summary>
    SoftHyphen,

    /// <summary>A space that is not the usual one.</summary>
    Space,

    /// <summary>A control character.</summary>
    Control,

    /// <summary>A line or paragraph separator that is no line break of plain text.</summary>
    LineSeparator,

    /// <summary>A tag character: invisible text for machines.</summary>
    Tag,

    /// <summary>A variation selector where nothing varies: it can carry hidden data.</summary>
    Variation,

    /// <summary>A letter that draws nothing.</summary>
    Filler,

    /// <summary>A character without an agreed meaning: it looks different, or like nothing, elsewhere.</summary>
    NoMeaning,
}
