using AImetier.Portal.Features.Conversations;
using Shouldly;
using Xunit;

namespace AImetier.Portal.Tests.Conversations;

public sealed class ConversationTitleTests
{
    [Theory]
    [InlineData("Hello", "Hello")]
    [InlineData("\n\n  Hello \nworld", "Hello")]
    [InlineData("Hello\r\nworld", "Hello")]
    [InlineData("a\tb\u202Ec\u200B\u0007", "a bc")]
    [InlineData("\u200B\u2060\nHello", "Hello")]
    [InlineData("\u200B", "…")]
    [InlineData("👩‍👩‍👧 e\u0301té", "👩‍👩‍👧 e\u0301té")]
    public void A_conversation_is_named_after_the_first_line_without_what_no_name_may_hold(string question, string title) => ConversationTitle.Of(question).ShouldBe(title);

    [Fact]
    public void A_long_line_is_cut_without_splitting_a_character()
    {
        ConversationTitle.Of(new string('a', 80)).ShouldBe(new string('a', 80));
        ConversationTitle.Of(new string('a', 81)).ShouldBe(new string('a', 79) + "…");
        ConversationTitle.Of(new string('a', 77) + "👩‍👩‍👧" + "b").ShouldBe(new string('a', 77) + "…");
    }
}
