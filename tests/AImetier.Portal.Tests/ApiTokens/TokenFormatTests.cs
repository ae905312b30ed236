using System.Text.RegularExpressions;
using AImetier.Portal.Features.ApiTokens;
using CsCheck;
using Shouldly;
using Xunit;

namespace AImetier.Portal.Tests.ApiTokens;

public sealed partial class TokenFormatTests
{
    [Theory]
    [InlineData("hclip_0000000000000000_00000000000000000000000000000000000000000004AdNXE")]
    [InlineData("hclip_ABCDEFGHIJKLMNOP_0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefg35Ji5S")]
    [InlineData("hclip_7Qx2mN4kLp9RsT3v_zYxWvUtSrQpOnMlKjIhGfEdCbA9876543210zyxwvut1NmuWa")]
    public void The_published_vectors_are_well_formed(string vector) => TokenFormat.IsWellFormed(vector).ShouldBeTrue();

    [Fact]
    public void A_generated_key_is_well_formed_and_found_by_the_published_scanner_pattern() =>
        Gen.Int.Sample(_ =>
        {
            var key = PlainToken.Generate();
            TokenFormat.IsWellFormed(key.Reveal()).ShouldBeTrue();
            Scanner().IsMatch($"KEY={key.Reveal()};").ShouldBeTrue();
        }, iter: 1_000);

    [Fact]
    public void Every_single_character_mutation_is_refused()
    {
        var good = PlainToken.Generate().Reveal();
        TokenFormat.IsWellFormed(good).ShouldBeTrue();
        for (var i = 0; i < good.Length; i++)
        {
            foreach (var other in TokenFormat.Alphabet + "_-. é\0")
            {
                if (other == good[i])
                    continue;
                var mutated = good[..i] + other + good[(i + 1)..];
                TokenFormat.IsWellFormed(mutated).ShouldBeFalse($"position {i}");
            }
        }
    }

    [Fact]
    public void No_random_text_is_accepted_and_none_breaks_the_parser() =>
        Gen.String[0, 200].Sample(text => TokenFormat.IsWellFormed(text).ShouldBeFalse(), iter: 20_000);

    [Fact]
    public void Random_text_of_the_right_shape_is_refused_by_its_checksum() =>
        Gen.Char[TokenFormat.Alphabet].Array[65].Sample(
            characters =>
            {
                var text = $"hclip_{new string(characters, 0, 16)}_{new string(characters, 16, 49)}";
                text.Length.ShouldBe(TokenFormat.Length);
                TokenFormat.IsWellFormed(text).ShouldBeFalse();
            },
            iter: 20_000);

    [Fact]
    public void A_key_prints_itself_masked_and_shows_nothing_of_its_secret()
    {
        var key = PlainToken.Generate();
        var secret = TokenFormat.SecretOf(key.Reveal()).ToString();
        $"{key}".ShouldBe($"hclip_{key.Id[..4]}••••••••");
        new NewKeyHolder(key).ToString().ShouldNotContain(secret);
    }

    [Fact]
    public void Reading_a_key_allocates_nothing()
    {
        var good = PlainToken.Generate().Reveal();
        var bad = good[..^1] + (good[^1] == '0' ? '1' : '0');
        TokenFormat.IsWellFormed(good).ShouldBeTrue();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            TokenFormat.IsWellFormed(good);
            TokenFormat.IsWellFormed(bad);
        }

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    private sealed record NewKeyHolder(PlainToken Plain);

    [GeneratedRegex(@"\bhclip_[0-9A-Za-z]{16}_[0-9A-Za-z]{49}\b")]
    private static partial Regex Scanner();
}
