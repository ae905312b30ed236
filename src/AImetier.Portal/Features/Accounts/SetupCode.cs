using System.Security.Cryptography;
using System.Text;

namespace AImetier.Portal.Features.Accounts;

/// <summary>The one-time code of the first start: 98 random bits in groups that can be typed. A restart makes a new one.</summary>
public sealed class SetupCode
{
    // Without 0, 1, i, l, o and u: none is mistaken for another, and no word appears by accident.
    private const string Alphabet = "23456789abcdefghjkmnpqrstvwxyz";
    private readonly string _code = RandomNumberGenerator.GetString(Alphabet, 20);

    /// <summary>The code for the console, <c>xxxxx-xxxxx-xxxxx-xxxxx</c>.</summary>
    public string Show() => string.Join('-', Enumerable.Range(0, 4).Select(group => _code.Substring(group * 5, 5)));

    /// <summary>Compares in constant time; hyphens, spaces and capitals make no difference.</summary>
    /// <param name="typed">What was typed; null counts as empty.</param>
    public bool Matches(string? typed)
    {
        var plain = (typed ?? "").Replace("-", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant();
        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(plain), Encoding.UTF8.GetBytes(_code));
    }

    /// <summary>Prints nothing of the code.</summary>
    public override string ToString() => "setup code";
}
