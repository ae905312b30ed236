using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace AImetier.Portal.Security;

/// <summary>Signs webhooks and checks their signatures: <c>v1,</c> and base64 of HMAC-SHA256 over <c>id.timestamp.body</c>.</summary>
/// <remarks>Standard Webhooks 1.0, "Signature scheme" and "Verifying signatures".</remarks>
public static class WebhookSignature
{
    /// <summary>Header with the message's id, the same on every attempt.</summary>
    public const string IdHeader = "webhook-id";

    /// <summary>Header with the time of the attempt in Unix seconds.</summary>
    public const string TimestampHeader = "webhook-timestamp";

    /// <summary>Header with one signature, or several separated by spaces.</summary>
    public const string SignatureHeader = "webhook-signature";

    private const string Version = "v1,";
    private const int Base64Length = 44;

    /// <summary>How far the time of a message may be from now, in both directions: 5 minutes.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    /// <summary>The text of <see cref="SignatureHeader"/>, one signature for each secret.</summary>
    /// <param name="secrets">At least one; two while a secret is being replaced.</param>
    /// <param name="id">The message's id.</param>
    /// <param name="timestamp">Text of <see cref="TimestampHeader"/>, see <see cref="TimestampOf"/>.</param>
    /// <param name="body">Exactly the bytes that are sent.</param>
    public static string Sign(IReadOnlyList<WebhookSecret> secrets, string id, string timestamp, ReadOnlySpan<byte> body)
    {
        if (secrets.Count == 1)
            return SignOnce(secrets[0], id, timestamp, body);
        var signatures = new string[secrets.Count];
        for (var i = 0; i < signatures.Length; i++)
            signatures[i] = SignOnce(secrets[i], id, timestamp, body);
        return string.Join(' ', signatures);
    }

    /// <summary>The text of <see cref="TimestampHeader"/>.</summary>
    /// <param name="time">When the attempt is made.</param>
    public static string TimestampOf(DateTimeOffset time) => time.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    /// <summary>Checks what a message came with. The time is judged last, so that a stale message is told from a forged one.</summary>
    /// <param name="secrets">The secrets that may have signed; any of them is enough.</param>
    /// <param name="id">Value of <see cref="IdHeader"/>.</param>
    /// <param name="timestamp">Value of <see cref="TimestampHeader"/>.</param>
    /// <param name="signatures">Value of <see cref="SignatureHeader"/>.</param>
    /// <param name="body">The raw body, before anything has parsed it.</param>
    /// <param name="now">The time of the check.</param>
    public static SignatureCheck Verify(IReadOnlyList<WebhookSecret> secrets, string? id, string? timestamp, string? signatures, ReadOnlySpan<byte> body, DateTimeOffset now)
    {
        if (string.IsNullOrEmpty(id))
            return new SignatureCheck.IdMissing();
        if (string.IsNullOrEmpty(timestamp))
            return new SignatureCheck.TimestampMissing();
        if (!TryReadTimestamp(timestamp, out var sentAt))
            return new SignatureCheck.TimestampUnreadable();
        if (string.IsNullOrWhiteSpace(signatures))
            return new SignatureCheck.SignatureMissing();

        var given = signatures.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (!given.Any(one => one.StartsWith(Version, StringComparison.Ordinal)))
            return new SignatureCheck.OtherVersion();
        var readable = given.Where(IsReadable).ToList();
        if (readable.Count == 0)
            return new SignatureCheck.SignatureUnreadable();
        if (!AnyMatches(secrets, id, timestamp, readable, body))
            return new SignatureCheck.Mismatch();
        return (now - sentAt).Duration() > Tolerance ? new SignatureCheck.TimestampStale(now - sentAt) : new SignatureCheck.Good();
    }

    /// <summary>Reads the text of <see cref="TimestampHeader"/>: digits alone, so that what is checked is what was signed.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="time">The time it stands for.</param>
    public static bool TryReadTimestamp(string text, out DateTimeOffset time)
    {
        time = default;
        if (text.Length > 11 || !long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
            return false;
        time = DateTimeOffset.FromUnixTimeSeconds(seconds);
        return true;
    }

    private static bool AnyMatches(IReadOnlyList<WebhookSecret> secrets, string id, string timestamp, List<string> given, ReadOnlySpan<byte> body)
    {
        var matches = false;
        foreach (var secret in secrets)
        {
            var expected = Encoding.ASCII.GetBytes(SignOnce(secret, id, timestamp, body));
            foreach (var one in given)
                matches |= CryptographicOperations.FixedTimeEquals(expected, Encoding.ASCII.GetBytes(one));
        }

        return matches;
    }

    private static bool IsReadable(string one) =>
        one.Length == Version.Length + Base64Length && one.StartsWith(Version, StringComparison.Ordinal) && Base64.IsValid(one.AsSpan(Version.Length));

    private static string SignOnce(WebhookSecret secret, string id, string timestamp, ReadOnlySpan<byte> body)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, secret.Key);
        hmac.AppendData(Encoding.UTF8.GetBytes($"{id}.{timestamp}."));
        hmac.AppendData(body);
        Span<byte> tag = stackalloc byte[HMACSHA256.HashSizeInBytes];
        hmac.GetHashAndReset(tag);
        return Version + Convert.ToBase64String(tag);
    }
}
