using AImetier.Portal.Features.Webhooks;
using Shouldly;
using Xunit;

namespace AImetier.Portal.Tests.Webhooks;

public sealed class DeliverySlotsTests
{
    private readonly DeliverySlots _slots = new();

    [Fact]
    public void An_endpoint_that_answers_gets_more_and_more_up_to_its_bound()
    {
        var before = _slots.FreeOf("we_1");
        for (var n = 0; n < 1000; n++)
            Attempt("we_1", Quick(200));
        before.ShouldBeLessThan(10);
        _slots.FreeOf("we_1").ShouldBe(DeliverySlots.MostPerEndpoint);
    }

    [Theory]
    [InlineData(null, AttemptFailure.Timeout)]
    [InlineData(null, AttemptFailure.Connection)]
    [InlineData(429, AttemptFailure.Status)]
    [InlineData(503, AttemptFailure.Status)]
    public void One_that_does_not_answer_or_asks_for_a_pause_is_left_with_one(int? status, AttemptFailure failure)
    {
        for (var n = 0; n < 50; n++)
            Attempt("we_1", Quick(200));
        Attempt("we_1", Quick(200) with { Status = status, Failure = failure });
        _slots.FreeOf("we_1").ShouldBe(1);
        Attempt("we_1", Quick(200));
        _slots.FreeOf("we_1").ShouldBe(2);
    }

    [Fact]
    public void All_together_stay_within_the_bound()
    {
        foreach (var endpoint in Endpoints(30))
        {
            for (var n = 0; n < 100; n++)
                Attempt(endpoint, Quick(200));
            _slots.Take(endpoint, _slots.FreeOf(endpoint));
        }

        _slots.Taken.ShouldBe(DeliverySlots.MostInAll);
        _slots.FreeOf("we_new").ShouldBe(0);
    }

    [Fact]
    public void However_many_are_slow_half_of_the_places_stay_for_the_others()
    {
        foreach (var endpoint in Endpoints(DeliverySlots.MostInAll))
        {
            Attempt(endpoint, Quick(200) with { Milliseconds = 15_000, Status = null, Failure = AttemptFailure.Timeout });
            _slots.Take(endpoint, _slots.FreeOf(endpoint));
        }

        _slots.Taken.ShouldBe(DeliverySlots.MostAtSlow);
        _slots.FreeOf("we_new").ShouldBeGreaterThan(0);
    }

    [Fact]
    public void What_was_taken_and_not_used_is_given_back()
    {
        var free = _slots.FreeOf("we_1");
        _slots.Take("we_1", free);
        _slots.FreeOf("we_1").ShouldBe(0);
        _slots.Take("we_1", -free);
        (_slots.FreeOf("we_1"), _slots.Taken).ShouldBe((free, 0));
    }

    private void Attempt(string endpoint, AttemptResult result)
    {
        _slots.Take(endpoint, 1);
        _slots.Return(endpoint, result);
    }

    private static IEnumerable<string> Endpoints(int count) => Enumerable.Range(0, count).Select(n => $"we_{n}");

    private static AttemptResult Quick(int status) => new(default, 5, "https://example.com", "", "", null, status);
}
