using AImetier.Portal.Features.Accounts;
using Shouldly;
using Xunit;

namespace AImetier.Portal.Tests.Accounts;

public sealed class PasswordRuleTests
{
    [Theory]
    [InlineData("eleven char", PasswordProblem.TooShort)]
    [InlineData("Password1234", PasswordProblem.Common)]
    [InlineData("zzzzzzzzzzzzzzz", PasswordProblem.Common)]
    [InlineData("MIA@bakery.test", PasswordProblem.IsEmail)]
    [InlineData("flour, water", null)]
    [InlineData("été à la mer", null)]
    public void A_password_is_judged_by_length_and_by_who_else_would_try_it(string password, PasswordProblem? problem) =>
        PasswordRule.Check(password, "mia@bakery.test").ShouldBe(problem);

    [Fact]
    public void Two_hundred_and_fifty_six_characters_are_enough()
    {
        PasswordRule.Check(string.Concat(Enumerable.Repeat("ab", 128)), null).ShouldBeNull();
        PasswordRule.Check(string.Concat(Enumerable.Repeat("ab", 128)) + "c", null).ShouldBe(PasswordProblem.TooLong);
        PasswordRule.Check(string.Concat(Enumerable.Repeat("🍞🥐", 128)), null).ShouldBeNull();
    }
}
