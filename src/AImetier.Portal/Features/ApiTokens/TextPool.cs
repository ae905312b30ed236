namespace AImetier.Portal.Features.ApiTokens;

/// <summary>
/// Gives back the string made before for the same UTF-8 text. What a row says seldom changes: it is read and compared every time, but its
/// strings need not be made anew. Bounded: texts that fall on the same slot replace each other. For one thread at a time.
/// </summary>
internal sealed class TextPool
{
    private const int Slots = 1024;
    private readonly (byte[] Utf8, string Text)[] _slots = new (byte[], string)[Slots];

    /// <summary>The text as a string.</summary>
    /// <param name="utf8">Its bytes.</param>
    public string Text(ReadOnlySpan<byte> utf8)
    {
        ref var slot = ref _slots[System.IO.Hashing.XxHash3.HashToUInt64(utf8) % Slots];
        if (slot.Utf8 is null || !utf8.SequenceEqual(slot.Utf8))
            slot = (utf8.ToArray(), System.Text.Encoding.UTF8.GetString(utf8));
        return slot.Text;
    }
}
