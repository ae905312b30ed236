using AImetier.Portal.Features.Shared;
using AImetier.Portal.Features.Teammates;
using Shouldly;
using Xunit;

namespace AImetier.Portal.Tests.Teammates;

public sealed class TeammateChecksTests
{
    [Fact]
    public void Lengths_end_exactly_at_their_limits()
    {
        TeammateProfile.Of(new string('a', 40), new string('a', 60), new string('a', 8000)).IsGood.ShouldBeTrue();
        TeammateProfile.Of(new string('a', 41), "Role", "").Name.ShouldBe(new NameCheck.TooLong(41));
        TeammateProfile.Of("Name", new string('a', 61), "").Role.ShouldBe(new NameCheck.TooLong(61));
        TeammateProfile.Of("Name", "Role", new string('a', 8001)).Instructions.ShouldBe(new InstructionsCheck.TooLong(8001));
        TeammateProfile.Of(string.Concat(Enumerable.Repeat("👩‍👩‍👧", 40)), "Role", "").Name.ShouldBeOfType<NameCheck.Good>();
    }

    [Theory]
    [InlineData("one\r\ntwo\rthree\n\tfour ", "one\ntwo\nthree\n\tfour")]
    [InlineData("", "")]
    [InlineData(null, "")]
    [InlineData("Écrivez « court » 🥖", "Écrivez « court » 🥖")]
    public void Lines_and_tabs_are_welcome_in_instructions(string? typed, string stored) =>
        InstructionsCheck.Of(typed).ShouldBe(new InstructionsCheck.Good(stored));

    [Theory]
    [InlineData("a\0b", "U+0000")]
    [InlineData("a\u0007b", "U+0007")]
    [InlineData("a\u001bb", "U+001B")]
    [InlineData("a\u0085b", "U+0085")]
    [InlineData("a\ufffdb", "U+FFFD")]
    public void Control_characters_are_refused_by_name(string typed, string character) =>
        InstructionsCheck.Of(typed).ShouldBe(new InstructionsCheck.Forbidden(character));

    [Fact]
    public void A_line_break_counts_once() =>
        InstructionsCheck.Of(string.Concat(Enumerable.Repeat("a\r\n", 3999)) + "ab").ShouldBeOfType<InstructionsCheck.Good>().Text.Length.ShouldBe(8000);
}
