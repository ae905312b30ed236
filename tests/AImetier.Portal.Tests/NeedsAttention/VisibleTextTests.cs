using AImetier.Portal.Features.NeedsAttention;
using Shouldly;
using Xunit;

namespace AImetier.Portal.Tests.NeedsAttention;

public sealed class VisibleTextTests
{
    [Theory]
    [InlineData("a\u202Eb", HiddenCharacter.RightToLeftOverride)]
    [InlineData("a\u202Db", HiddenCharacter.LeftToRightOverride)]
    [InlineData("a\u2066b", HiddenCharacter.Direction)]
    [InlineData("a\u200Fb", HiddenCharacter.Direction)]
    [InlineData("a\u200Bb", HiddenCharacter.ZeroWidth)]
    [InlineData("a\uFEFFb", HiddenCharacter.ZeroWidth)]
    [InlineData("a\u200Db", HiddenCharacter.ZeroWidth)]
    [InlineData("a\u00ADb", HiddenCharacter.SoftHyphen)]
    [InlineData("a\u00A0b", HiddenCharacter.Space)]
    [InlineData("a\u2003b", HiddenCharacter.Space)]
    [InlineData("a\u0007b", HiddenCharacter.Control)]
    [InlineData("a\rb", HiddenCharacter.Control)]
    [InlineData("a\u0085b", HiddenCharacter.Control)]
    [InlineData("a\u2028b", HiddenCharacter.LineSeparator)]
    [InlineData("a\U000E0041b", HiddenCharacter.Tag)]
    [InlineData("a\uFE0Fb", HiddenCharacter.Variation)]
    [InlineData("a\U000E0100b", HiddenCharacter.Variation)]
    [InlineData("a\u3164b", HiddenCharacter.Filler)]
    [InlineData("a\uE000b", HiddenCharacter.NoMeaning)]
    public void What_hides_is_named(string text, HiddenCharacter kind)
    {
        var parts = VisibleText.PartsOf(text);
        parts.Select(part => part.Hidden).ShouldBe([null, kind, null]);
        string.Concat(parts.Select(part => part.Text)).ShouldBe("ab");
        VisibleText.CountHidden(text).ShouldBe(1);
    }

    [Theory]
    [InlineData("Hello, world.\r\nSecond line\n\tThird")]
    [InlineData("Bonjour\u00A0! Prix\u202F: 1\u202F200\u00A0€, «\u00A0oui\u00A0»")]
    [InlineData("👩\u200D🍳 ❤\uFE0F 1\uFE0F⃣ 👍🏽")]
    [InlineData("مرحبا שלום 你好 Ελλάδα")]
    [InlineData("")]
    public void Good_text_is_left_as_it_is(string text)
    {
        VisibleText.CountHidden(text).ShouldBe(0);
        string.Concat(VisibleText.PartsOf(text).Select(part => part.Text)).ShouldBe(text);
    }

    [Fact]
    public void Half_of_a_character_is_named() =>
        VisibleText.PartsOf("a\uD800b").Select(part => part.Hidden).ShouldBe([null, HiddenCharacter.NoMeaning, null]);

    [Fact]
    public void Equal_ones_in_a_row_are_one_part_and_each_is_counted()
    {
        var parts = VisibleText.PartsOf("a" + new string('\u200B', 300) + "\u202Eb");
        parts.Select(part => part.Count).ShouldBe([0, 300, 1, 0]);
        VisibleText.CountHidden("a\u200B", "\u200B\u200B").ShouldBe(3);
    }

    [Theory]
    [InlineData("a@example.com", null)]
    [InlineData("a@exаmple.com", "xn--exmple-4nf.com")]
    [InlineData("a@xn--exmple-4nf.com", "xn--exmple-4nf.com")]
    [InlineData("a@bücher.example", "xn--bcher-kva.example")]
    public void A_domain_in_other_letters_has_its_plain_form_beside_it(string address, string? plain) => VisibleText.PlainDomainOf(address).ShouldBe(plain);
}
