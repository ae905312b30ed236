using AImetier.Portal.Features.ApiTokens;
using CsCheck;
using Microsoft.Extensions.Primitives;
using Shouldly;
using Xunit;

namespace AImetier.Portal.Tests.ApiTokens;

public sealed class BearerHeaderTests
{
    [Theory]
    [InlineData("Bearer abc", "abc")]
    [InlineData("bearer abc", "abc")]
    [InlineData("BEARER abc", "abc")]
    [InlineData("Bearer  abc", "abc")]
    [InlineData("Bearer abc ", "abc")]
    [InlineData(" Bearer abc", "abc")]
    [InlineData("Bearer", "")]
    [InlineData("Bearer ", "")]
    public void One_word_after_the_scheme_is_a_key(string header, string key) =>
        BearerHeader.Read(header).ShouldBeOfType<BearerHeader.Key>().Text.ShouldBe(key);

    [Theory]
    [InlineData("")]
    [InlineData("Basic abc")]
    [InlineData("Token abc")]
    [InlineData("Digest abc")]
    [InlineData("Bearerabc")]
    [InlineData("abc")]
    public void Another_scheme_is_no_key(string header) => BearerHeader.Read(header).ShouldBeOfType<BearerHeader.Missing>();

    [Fact]
    public void No_header_is_no_key() => BearerHeader.Read(StringValues.Empty).ShouldBeOfType<BearerHeader.Missing>();

    [Theory]
    [InlineData("Bearer\tabc")]
    [InlineData("Bearer a\tbc")]
    [InlineData("Bearer abc\u0001")]
    [InlineData("Bearer abc\u007f")]
    [InlineData("Bearer ab\u00e9")]
    [InlineData("Bearer ab\u200b")]
    [InlineData("Bearer \u202eabc")]
    [InlineData("Bearer \u0430bc")]
    [InlineData("Bearer abc def")]
    [InlineData("Bearer abc,def")]
    [InlineData("Bearer abc, Bearer def")]
    public void More_than_a_word_or_foreign_characters_are_malformed(string header) => BearerHeader.Read(header).ShouldBeOfType<BearerHeader.Malformed>();

    [Fact]
    public void Two_headers_are_malformed() =>
        BearerHeader.Read(new StringValues(["Bearer abc", "Bearer abc"])).ShouldBeOfType<BearerHeader.Malformed>();

    [Fact]
    public void No_header_breaks_the_reader_and_what_is_read_is_visible_ASCII() =>
        Gen.String[0, 100].Sample(
            text =>
            {
                if (BearerHeader.Read("Bearer " + text) is BearerHeader.Key(var key))
                    key.ShouldAllBe(character => character > ' ' && character <= '~');
            },
            iter: 20_000);

    [Fact]
    public void A_read_header_prints_no_key() => BearerHeader.Read("Bearer abc").ToString().ShouldBe("Key");
}
