using AImetier.Portal.Features.Webhooks;
using Shouldly;
using Xunit;

namespace AImetier.Portal.Tests.Webhooks;

public sealed class RetryScheduleTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 25, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(1, 5)]
    [InlineData(2, 5 * 60)]
    [InlineData(3, 30 * 60)]
    [InlineData(4, 2 * 3600)]
    [InlineData(5, 5 * 3600)]
    [InlineData(6, 10 * 3600)]
    [InlineData(7, 14 * 3600)]
    [InlineData(8, 20 * 3600)]
    [InlineData(9, 24 * 3600)]
    public void Waits_grow_and_are_spread(int attempt, int seconds)
    {
        var waits = Enumerable.Range(0, 200).Select(_ => RetrySchedule.After(attempt, null)!.Value.TotalSeconds).ToList();
        waits.ShouldAllBe(wait => wait >= seconds * 0.9 && wait <= seconds * 1.1);
        waits.Distinct().Count().ShouldBeGreaterThan(50);
    }

    [Fact]
    public void After_the_last_wait_no_attempt_is_left()
    {
        RetrySchedule.After(RetrySchedule.Attempts, null).ShouldBeNull();
        RetrySchedule.After(RetrySchedule.Attempts, TimeSpan.FromSeconds(1)).ShouldBeNull();
        RetrySchedule.After(RetrySchedule.Attempts - 1, null).ShouldNotBeNull();
        Should.Throw<ArgumentOutOfRangeException>(() => RetrySchedule.After(0, null));
    }

    [Fact]
    public void A_receiver_may_ask_for_more_time_and_not_for_less()
    {
        RetrySchedule.After(1, TimeSpan.FromMinutes(10)).ShouldBe(TimeSpan.FromMinutes(10));
        RetrySchedule.After(2, TimeSpan.FromSeconds(1))!.Value.ShouldBeGreaterThan(TimeSpan.FromMinutes(4));
        RetrySchedule.After(1, TimeSpan.MaxValue).ShouldBe(RetrySchedule.LongestRetryAfter);
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("", null)]
    [InlineData("0", null)]
    [InlineData("000", null)]
    [InlineData("-1", null)]
    [InlineData("1.5", null)]
    [InlineData("1e9", null)]
    [InlineData("٣", null)]
    [InlineData("soon", null)]
    [InlineData(" 7 ", 7)]
    [InlineData("0000000000000007", 7)]
    [InlineData("86401", 86_400)]
    [InlineData("999999999", 86_400)]
    [InlineData("18446744073709551616", 86_400)]
    [InlineData("Wed, 25 Nov 2026 12:01:00 GMT", 60)]
    [InlineData("Wed, 25 Nov 2026 11:59:00 GMT", null)]
    [InlineData("Fri, 31 Dec 9999 23:59:59 GMT", 86_400)]
    [InlineData("Wed, 32 Nov 2026 12:01:00 GMT", null)]
    public void What_a_receiver_asks_for_is_read_and_bounded(string? value, int? seconds) =>
        RetryAfter.Read(value, Now).ShouldBe(seconds is { } whole ? TimeSpan.FromSeconds(whole) : null);
}
