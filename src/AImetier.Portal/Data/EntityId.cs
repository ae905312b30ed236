using System.Security.Cryptography;

namespace AImetier.Portal.Data;

/// <summary>Makes opaque ids with a type prefix, such as <c>tm_8c1k…</c>.</summary>
public static class EntityId
{
    private const string Alphabet = "0123456789abcdefghijklmnopqrstuvwxyz";

    /// <summary>A new id: the prefix, an underscore, 20 random characters of 0-9a-z (103 bits).</summary>
    /// <param name="prefix">Type prefix without underscore, for example <c>tm</c>.</param>
    public static string New(string prefix) => $"{prefix}_{RandomNumberGenerator.GetString(Alphabet, 20)}";
}
