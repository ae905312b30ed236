using System.Text;
using AImetier.Portal.Features.ChatModels;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Time.Testing;
using Shouldly;
using Xunit;

namespace AImetier.Portal.Tests.ChatModels;

public sealed class PracticeChatClientTests : IDisposable
{
    private readonly FakeTimeProvider _clock = new();
    private readonly PracticeChatClient _client;

    public PracticeChatClientTests() => _client = new PracticeChatClient(_clock);

    public void Dispose() => _client.Dispose();

    [Theory]
    [InlineData("Draft a short note to our three best customers about the spring menu.")]
    [InlineData("Traduis la carte du printemps pour nos clients, s'il te plaît.")]
    [InlineData("[long] plan the opening of the second shop")]
    [InlineData("🥖")]
    public async Task Streamed_and_whole_answers_are_the_same_and_labeled(string request)
    {
        var whole = (await _client.GetResponseAsync(request, Mia())).Text;
        var streamed = await StreamAsync(request);
        streamed.ShouldBe(whole);
        (await StreamAsync(request)).ShouldBe(whole);
        (whole.StartsWith("Practice answer:", StringComparison.Ordinal) || whole.StartsWith("Réponse d’entraînement", StringComparison.Ordinal)).ShouldBeTrue();
        whole.ShouldContain("Mia");
        whole.ShouldContain("Marketing");
        whole.ShouldContain("1. ");
        whole.ShouldEndWith("?");
    }

    [Fact]
    public async Task It_answers_in_the_language_of_the_request()
    {
        (await StreamAsync("Rédige un mot pour nos clients")).ShouldStartWith("Réponse d’entraînement");
        (await StreamAsync("Write a note for our customers")).ShouldStartWith("Practice answer");
    }

    [Theory]
    [InlineData("Summarize the minutes of Monday", "Who is the summary for")]
    [InlineData("Please translate our menu", "form of address")]
    [InlineData("Answer Mrs. Petit, she wants her deposit back", "What may I promise")]
    [InlineData("Plan the week before Easter", "By which day")]
    [InlineData("The oven is broken", "good result")]
    public async Task The_verb_of_the_request_decides_what_it_asks_back(string request, string question) =>
        (await StreamAsync(request)).ShouldContain(question);

    [Fact]
    public async Task The_role_decides_what_it_minds()
    {
        (await StreamAsync("Write a note", "Bookkeeping")).ShouldContain("currency");
        (await StreamAsync("Write a note", "Marketing")).ShouldNotContain("currency");
    }

    [Fact]
    public async Task It_takes_up_what_was_asked_before()
    {
        ChatMessage[] messages = [new(ChatRole.User, "Draft a note about asparagus"), new(ChatRole.Assistant, "…"), new(ChatRole.User, "Make it shorter")];
        (await _client.GetResponseAsync(messages, Mia())).Text.ShouldContain("Draft a note about asparagus");
    }

    [Fact]
    public async Task A_long_answer_has_about_20000_characters() =>
        (await StreamAsync("[long] write everything down")).Length.ShouldBeInRange(20_000, 22_000);

    [Fact]
    public async Task A_request_to_fail_fails_with_our_exception() =>
        (await Should.ThrowAsync<ModelFailedException>(() => _client.GetResponseAsync("[fail] please", Mia()))).Kind.ShouldBe(ModelFailureKind.Failed);

    [Fact]
    public async Task A_slow_answer_brings_a_piece_each_second()
    {
        var text = new StringBuilder();
        await using var pieces = _client.GetStreamingResponseAsync("[slow 30] write a note", Mia()).GetAsyncEnumerator();
        for (var second = 0; second < 30; second++)
        {
            var next = pieces.MoveNextAsync();
            next.IsCompleted.ShouldBeFalse();
            _clock.Advance(TimeSpan.FromSeconds(1));
            (await next).ShouldBeTrue();
            text.Append(pieces.Current.Text);
        }

        (await pieces.MoveNextAsync()).ShouldBeFalse();
        text.ToString().ShouldBe(await StreamAsync("write a note"));
    }

    [Theory]
    [InlineData("[slow 0]", 0)]
    [InlineData("[slow 300]", 300)]
    [InlineData("[slow 301]", 300)]
    [InlineData("[slow 999999999]", 300)]
    [InlineData("[slow -1]", 0)]
    [InlineData("[slow x]", 0)]
    [InlineData("slow 30", 0)]
    public void The_wait_is_bounded(string request, int seconds) => PracticeCommand.Of(request).SlowSeconds.ShouldBe(seconds);

    [Fact]
    public async Task A_slow_answer_ends_when_it_is_canceled()
    {
        using var cancel = new CancellationTokenSource();
        var answer = _client.GetResponseAsync("[slow 300]", Mia(), cancel.Token);
        await cancel.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => answer);
    }

    private static ChatOptions Mia(string role = "Marketing") => new()
    {
        AdditionalProperties = new() { [TeammateProperties.Name] = "Mia", [TeammateProperties.Role] = role },
    };

    private async Task<string> StreamAsync(string request, string role = "Marketing")
    {
        var text = new StringBuilder();
        await foreach (var update in _client.GetStreamingResponseAsync(request, Mia(role)))
            text.Append(update.Text);
        return text.ToString();
    }
}
