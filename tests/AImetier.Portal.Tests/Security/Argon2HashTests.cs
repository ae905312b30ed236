using AImetier.Portal.Security;
using Microsoft.Extensions.Options;
using Shouldly;
using Xunit;

namespace AImetier.Portal.Tests.Security;

public sealed class Argon2HashTests
{
    private static readonly string Salt = Convert.ToBase64String(new byte[16]).TrimEnd('=');
    private static readonly string Tag = Convert.ToBase64String(new byte[32]).TrimEnd('=');

    [Theory]
    [InlineData("m=7168,t=5,p=1")]
    [InlineData("m=19456,t=2,p=1")]
    [InlineData("m=1048576,t=16,p=16")]
    public void Costs_within_bounds_are_read(string cost)
    {
        Argon2Hash.TryParse($"$argon2id$v=19${cost}${Salt}${Tag}", out var hash).ShouldBeTrue();
        hash.ToString().ShouldBe($"$argon2id$v=19${cost}${Salt}${Tag}");
    }

    [Theory]
    [InlineData("m=8,t=5,p=1")]
    [InlineData("m=7167,t=5,p=1")]
    [InlineData("m=1048577,t=5,p=1")]
    [InlineData("m=7168,t=0,p=1")]
    [InlineData("m=7168,t=17,p=1")]
    [InlineData("m=7168,t=5,p=0")]
    [InlineData("m=7168,t=5,p=17")]
    [InlineData("m=-1,t=5,p=1")]
    [InlineData("t=5,m=7168,p=1")]
    public void Costs_out_of_bounds_are_refused(string cost) =>
        Argon2Hash.TryParse($"$argon2id$v=19${cost}${Salt}${Tag}", out _).ShouldBeFalse();

    [Fact]
    public void Short_salts_short_tags_and_other_algorithms_are_refused()
    {
        const string cost = "m=7168,t=5,p=1";
        var shortSalt = Convert.ToBase64String(new byte[15]).TrimEnd('=');
        var oneByte = Convert.ToBase64String(new byte[1]).TrimEnd('=');
        Argon2Hash.TryParse($"$argon2id$v=19${cost}${shortSalt}${Tag}", out _).ShouldBeFalse();
        Argon2Hash.TryParse($"$argon2id$v=19${cost}${Salt}${oneByte}", out _).ShouldBeFalse();
        Argon2Hash.TryParse($"$argon2i$v=19${cost}${Salt}${Tag}", out _).ShouldBeFalse();
        Argon2Hash.TryParse($"$argon2id$v=16${cost}${Salt}${Tag}", out _).ShouldBeFalse();
        Argon2Hash.TryParse(null, out _).ShouldBeFalse();
        Argon2Hash.TryParse("", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task The_hasher_accepts_its_own_secret_and_refuses_another()
    {
        var hasher = new Argon2Hasher(Options.Create(new Argon2Options()));
        var stored = await hasher.HashAsync("right");
        stored.ShouldStartWith("$argon2id$v=19$m=7168,t=5,p=1$");
        (await hasher.VerifyAsync(stored, "right")).ShouldBeTrue();
        (await hasher.VerifyAsync(stored, "wrong")).ShouldBeFalse();
        (await hasher.VerifyAsync(null, "right")).ShouldBeFalse();
        hasher.NeedsRehash(stored).ShouldBeFalse();
        new Argon2Hasher(Options.Create(new Argon2Options { Passes = 6 })).NeedsRehash(stored).ShouldBeTrue();
    }
}
