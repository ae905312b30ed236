using System.Net;
using AImetier.Portal.Features.Accounts;
using AImetier.Portal.Security;
using AImetier.Portal.Tests.Host;
using Microsoft.Extensions.Time.Testing;
using Shouldly;
using Xunit;

namespace AImetier.Portal.Tests.Accounts;

public sealed class SignInDelayTests : IDisposable
{
    private readonly PortalHost _portal = new();
    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public async Task After_three_wrong_tries_a_person_waits_and_then_gets_in()
    {
        var person = await _portal.AddPersonAsync(PersonRole.Member);
        using var browser = new PortalBrowser(_portal);
        for (var i = 0; i < 3; i++)
        {
            using var wrong = await browser.TrySignInAsync(person.Email, "not the password");
            wrong.StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        using var tooEarly = await browser.TrySignInAsync(person.Email, person.Password);
        tooEarly.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        tooEarly.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(8));
        (await browser.ReadPageAsync(tooEarly)).QuerySelector(".error")!.TextContent.ShouldContain("Wait 8 seconds");

        _portal.Clock.Advance(TimeSpan.FromSeconds(8));
        using var later = await browser.TrySignInAsync(person.Email, person.Password);
        later.StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public void The_wait_doubles_up_to_five_minutes()
    {
        var delays = new SignInDelays(_clock);
        var waits = new List<double>();
        for (var i = 0; i < 9; i++)
        {
            while (delays.Begin("A", "1.2.3.4", known: false) is { } wait)
            {
                waits.Add(wait.TotalSeconds);
                _clock.Advance(wait);
            }
        }

        waits.ShouldBe([8, 16, 32, 64, 128, 256]);
        delays.Begin("A", "5.6.7.8", known: false).ShouldBe(TimeSpan.FromMinutes(5));
    }

    [Fact]
    public void A_stranger_does_not_delay_a_person_at_a_place_they_know()
    {
        var delays = new SignInDelays(_clock);
        for (var i = 0; i < 3; i++)
            delays.Begin("A", "stranger", known: false).ShouldBeNull();
        delays.Begin("A", "elsewhere", known: false).ShouldNotBeNull();
        delays.Begin("A", "home", known: true).ShouldBeNull();
    }

    [Fact]
    public void A_source_that_tries_many_people_waits_for_all_of_them()
    {
        var delays = new SignInDelays(_clock);
        for (var i = 0; i < 10; i++)
            delays.Begin($"person {i}", "stranger", known: false).ShouldBeNull();
        delays.Begin("another", "stranger", known: false).ShouldBe(TimeSpan.FromSeconds(8));
        delays.Begin("another", "home", known: false).ShouldBeNull();
    }

    [Fact]
    public void A_right_try_is_not_counted()
    {
        var delays = new SignInDelays(_clock);
        for (var i = 0; i < 20; i++)
        {
            delays.Begin("A", "office", known: false).ShouldBeNull();
            delays.Succeeded("A", "office", known: false);
        }
    }

    [Fact]
    public void Counting_is_bounded_and_forgets()
    {
        var counts = new FailureCounts(_clock, free: 3);
        for (var i = 0; i < 25_000; i++)
            counts.Add($"name {i}");
        counts.Names.ShouldBeLessThanOrEqualTo(10_000);
        for (var i = 0; i < 3; i++)
            counts.Add("me");
        counts.WaitFor("me").ShouldBe(TimeSpan.FromSeconds(8));
        _clock.Advance(TimeSpan.FromHours(1));
        counts.Add("me");
        counts.WaitFor("me").ShouldBe(TimeSpan.Zero);
    }

    [Theory]
    [InlineData("203.0.113.7", "203.0.113.7")]
    [InlineData("::ffff:203.0.113.7", "203.0.113.7")]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64")]
    public void A_source_is_an_address_or_a_subscribers_net(string address, string expected) =>
        SourceAddress.Of(IPAddress.Parse(address)).ShouldBe(expected);

    public void Dispose() => _portal.Dispose();
}
