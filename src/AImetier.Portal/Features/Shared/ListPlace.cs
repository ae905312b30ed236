using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace AImetier.Portal.Features.Shared;

/// <summary>A place in a list: a number that orders it, and an id where numbers may be equal.</summary>
/// <param name="Number">UTC ticks, a position or a count.</param>
/// <param name="Id">Id of the entry, or nothing.</param>
public sealed record ListPlace(long Number, string Id)
{
    private const int LongestCursor = 200;

    /// <summary>Reads a cursor, or null when it is none of ours.</summary>
    /// <param name="cursor">From outside.</param>
    public static ListPlace? Read(string cursor)
    {
        if (cursor.Length is 0 or > LongestCursor || !Base64Url.IsValid(cursor))
            return null;
        var parts = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(cursor)).Split('|');
        return parts is ["1", var number, var id] && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value <= DateTime.MaxValue.Ticks
            ? new ListPlace(value, id)
            : null;
    }

    /// <summary>The opaque form that clients send back.</summary>
    public string ToCursor() => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"1|{Number}|{Id}")));
}
