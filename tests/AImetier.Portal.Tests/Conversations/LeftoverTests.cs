using AImetier.Portal.Features.Conversations;
using AImetier.Portal.Tests.Host;
using Shouldly;
using Xunit;

namespace AImetier.Portal.Tests.Conversations;

public sealed class LeftoverTests
{
    [Fact]
    public async Task A_reply_left_by_a_killed_process_is_failed_at_the_next_start()
    {
        using var killed = new AskPortal();
        var key = await killed.GenerateAsync();
        var held = killed.AskAsync(key, "[hold] first");
        await killed.Model.WaitUntilHeldAsync();
        (await killed.MessagesAsync(key.TeammateId))[^1].Status.ShouldBe(MessageStatus.Working);

        using var next = new AskPortal();
        next.With("Portal:DataDirectory", killed.DataDirectory);
        next.Clock.Advance(AskWatch.Lease + TimeSpan.FromSeconds(1));
        (await next.MessagesAsync(key.TeammateId)).Select(message => message.Status).ShouldBe([MessageStatus.Completed, MessageStatus.Failed]);
        (await next.EventsAsync(key.TeammateId)).Single().Type.ShouldBe("message.failed");

        killed.Model.LetGo();
        using var answer = await held;
        (await next.EventsAsync(key.TeammateId)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_reply_that_another_process_works_on_is_left_alone()
    {
        using var working = new AskPortal();
        var key = await working.GenerateAsync();
        var held = working.AskAsync(key, "[hold] first");
        await working.Model.WaitUntilHeldAsync();

        using var other = new AskPortal();
        other.With("Portal:DataDirectory", working.DataDirectory);
        (await other.MessagesAsync(key.TeammateId))[^1].Status.ShouldBe(MessageStatus.Working);

        working.Model.LetGo();
        using var answer = await held;
        (await other.MessagesAsync(key.TeammateId))[^1].Status.ShouldBe(MessageStatus.Completed);
    }

    [Fact]
    public async Task A_reply_being_worked_on_is_failed_when_the_Portal_stops()
    {
        using var witness = new AskPortal();
        var key = await witness.GenerateAsync();
        Task<HttpResponseMessage> held;
        using (var stopped = new AskPortal())
        {
            stopped.With("Portal:DataDirectory", witness.DataDirectory);
            held = stopped.AskAsync(key, "[hold] first");
            await stopped.Model.WaitUntilHeldAsync();
            (await witness.MessagesAsync(key.TeammateId))[^1].Status.ShouldBe(MessageStatus.Working);
        }

        (await witness.MessagesAsync(key.TeammateId))[^1].Status.ShouldBe(MessageStatus.Failed);
        await Task.WhenAny(held);
    }
}
