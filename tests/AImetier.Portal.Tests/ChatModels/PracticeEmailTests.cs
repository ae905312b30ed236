using System.Text.Json;
using AImetier.Portal.Features.ChatModels;
using AImetier.Portal.Features.Conversations;
using AImetier.Portal.Tests.Host;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Time.Testing;
using Shouldly;
using Xunit;

namespace AImetier.Portal.Tests.ChatModels;

/// <summary>The practice model with the tool that proposes e-mail.</summary>
public sealed class PracticeEmailTests : IDisposable
{
    private readonly ToolCallingModel _model = new(new PracticeChatClient(new FakeTimeProvider()));

    public void Dispose() => _model.Dispose();

    [Theory]
    [InlineData("E-mail anna@bakery.test about Friday: We are closed.", "Friday")]
    [InlineData("Please email anna@bakery.test about Friday: We are closed.", "Friday")]
    [InlineData("Send an e-mail to anna@bakery.test about Friday: We are closed.", "Friday")]
    [InlineData("send an email to <anna@bakery.test> about Friday at 10:30: We are closed.", "Friday at 10:30")]
    [InlineData("Could you write to anna@bakery.test about the day off:\nWe are closed.", "the day off")]
    public async Task An_English_sentence_proposes_its_e_mail(string request, string subject)
    {
        var (mail, answer) = await AskAsync(request);
        mail.Proposed.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            email => email.To.ShouldBe("anna@bakery.test"), email => email.Subject.ShouldBe(subject), email => email.Body.ShouldBe("We are closed."));
        answer.ShouldStartWith("Practice answer");
        answer.ShouldContain("Mia");
        answer.ShouldContain("anna@bakery.test");
        answer.ShouldContain("waits for an OK under “Needs attention”");
    }

    [Theory]
    [InlineData("Écris à anna@bakery.test au sujet de vendredi : Nous sommes fermés.", "vendredi")]
    [InlineData("ecris un e-mail a anna@bakery.test a propos de vendredi: Nous sommes fermés.", "vendredi")]
    [InlineData("Merci, envoie un e-mail à anna@bakery.test sur vendredi : Nous sommes fermés.", "vendredi")]
    [InlineData("Envoyez un courriel à anna@bakery.test au sujet du pont de mai :\nNous sommes fermés.", "pont de mai")]
    [InlineData("Écrivez à anna@bakery.test à propos de l’été : Nous sommes fermés.", "l’été")]
    public async Task A_French_sentence_proposes_its_e_mail(string request, string subject)
    {
        var (mail, answer) = await AskAsync(request);
        mail.Proposed.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            email => email.To.ShouldBe("anna@bakery.test"), email => email.Subject.ShouldBe(subject), email => email.Body.ShouldBe("Nous sommes fermés."));
        answer.ShouldStartWith("Réponse d’entraînement");
        answer.ShouldContain("Il attend un accord");
    }

    [Theory]
    [InlineData("Draft an e-mail to our customers about Friday: we are closed")]
    [InlineData("Write to the mayor about the market: we want a place")]
    [InlineData("What is anna@bakery.test about: spam?")]
    [InlineData("E-mail anna@bakery.test about Friday")]
    public async Task Other_requests_propose_nothing(string request)
    {
        var (mail, answer) = await AskAsync(request);
        mail.Proposed.ShouldBeEmpty();
        answer.ShouldEndWith("?");
    }

    [Fact]
    public async Task Each_command_proposes_an_e_mail_made_from_the_request()
    {
        var (mail, answer) = await AskAsync("[email to=a@bakery.test] Tell them the oven is hot. And the door open. [EMAIL to=b@bakery.test]");
        mail.Proposed.Select(email => email.To).ShouldBe(["a@bakery.test", "b@bakery.test"]);
        mail.Proposed.ShouldAllBe(email => email.Subject == "Tell them the oven is hot" && email.Body == "Tell them the oven is hot. And the door open.");
        answer.ShouldContain("a@bakery.test");
        answer.ShouldContain("b@bakery.test");
        (await AskAsync("[email to=a@bakery.test]")).Mail.Proposed.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task What_the_tool_refuses_is_said_with_its_reason()
    {
        var (mail, answer) = await AskAsync("[email to=nobody] [email to=a@bakery.test] Say hello to everybody.");
        mail.Proposed.ShouldHaveSingleItem();
        answer.ShouldContain("The e-mail to nobody was not taken.");
        answer.ShouldContain("It needs exactly one e-mail address.");
        answer.ShouldContain("The e-mail to a@bakery.test about");
    }

    [Theory]
    [InlineData("[email to=nobody] Dites bonjour à tout le monde.", 1000, "Il lui faut exactement une adresse e-mail.")]
    [InlineData("[email to=a@bakery.test] Dites bonjour à tout le monde.", 0, "Trop de choses attendent déjà un accord.")]
    [InlineData("Écris à a@bakery.test au sujet de ven\u2028dredi : Nous sommes fermés.", 1000, "L’objet manque, est trop long")]
    [InlineData("Écris à a@bakery.test au sujet de vendredi : Nous \u0001 sommes fermés.", 1000, "Le texte manque, est trop long")]
    public async Task A_French_answer_says_a_refusal_in_French(string request, int room, string reason)
    {
        var (mail, answer) = await AskAsync(request, room: room);
        mail.Proposed.ShouldBeEmpty();
        answer.ShouldContain("n’a pas été pris");
        answer.ShouldContain(reason);
    }

    [Fact]
    public async Task A_hundred_e_mails_propose_ten()
    {
        var (mail, answer) = await AskAsync("Say hello. " + string.Concat(Enumerable.Repeat("[email to=a@bakery.test]", 200)));
        mail.Proposed.Count.ShouldBe(OutgoingMail.Most);
        answer.ShouldContain("That is more than one answer may prepare.");
    }

    [Fact]
    public async Task With_asking_off_it_says_so_and_never_that_something_was_sent()
    {
        var (mail, answer) = await AskAsync("E-mail anna@bakery.test about Friday: We are closed.", askBeforeSending: false);
        mail.Proposed.ShouldHaveSingleItem();
        answer.ShouldContain("“Ask before sending” is off");
        answer.ShouldNotContain(" sent");
    }

    [Fact]
    public async Task The_same_request_gives_the_same_text()
    {
        const string Request = "E-mail anna@bakery.test about Friday: We are closed. [email to=b@bakery.test]";
        (await AskAsync(Request)).Answer.ShouldBe((await AskAsync(Request)).Answer);
    }

    [Fact]
    public async Task Commands_combine()
    {
        (await AskAsync("[long] [email to=a@bakery.test] write everything down")).Answer.Length.ShouldBeGreaterThanOrEqualTo(20_000);
        await Should.ThrowAsync<ModelFailedException>(() => AskAsync("[fail] [email to=a@bakery.test] write everything down"));
    }

    [Fact]
    public async Task An_e_mail_of_an_earlier_question_is_not_proposed_again()
    {
        ChatMessage[] told =
        [
            new(ChatRole.User, "E-mail anna@bakery.test about Friday: We are closed."), new(ChatRole.Assistant, "…"), new(ChatRole.User, "Thank you, write a note"),
        ];
        (await AskAsync(told, askBeforeSending: true)).Mail.Proposed.ShouldBeEmpty();
    }

    [Fact]
    public async Task Without_the_tool_it_answers_in_words()
    {
        using var model = new PracticeChatClient(new FakeTimeProvider());
        (await model.GetResponseAsync("[email to=a@bakery.test] write a note", Mia())).Text.ShouldEndWith("?");
    }

    [Theory]
    [InlineData(" ", "[")]
    [InlineData("[email to=", "")]
    [InlineData("e-mail a@b about x ", "")]
    [InlineData("écris à a@b sur x        ", "")]
    public async Task A_long_request_that_almost_fits_takes_no_time(string unit, string closing)
    {
        var request = string.Concat(Enumerable.Repeat(unit, 200_000 / unit.Length)) + closing;
        (await AskAsync(request).WaitAsync(Until.Longest)).Mail.Proposed.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("a [long] b", "a b")]
    [InlineData("[slow 3] [long][email to=a@b.test]  b [fail]", "b")]
    [InlineData("  [long] [email to=] x", "[email to=] x")]
    [InlineData("a [other] b", "a [other] b")]
    public void A_request_without_its_commands_keeps_the_rest(string request, string rest) => PracticeCommand.Strip(request).ShouldBe(rest);

    [Fact]
    public void The_answer_of_the_tool_has_the_words_that_are_read_here() =>
        JsonSerializer.Serialize(ProposalAnswer.Refused("because", "to")).ShouldBe("""{"status":"refused","why":["to"],"reason":"because"}""");

    private static ChatOptions Mia() => new() { AdditionalProperties = new() { [TeammateProperties.Name] = "Mia", [TeammateProperties.Role] = "Marketing" } };

    private Task<(OutgoingMail Mail, string Answer)> AskAsync(string request, bool askBeforeSending = true, int room = 1000) =>
        AskAsync([new ChatMessage(ChatRole.User, request)], askBeforeSending, room);

    private async Task<(OutgoingMail Mail, string Answer)> AskAsync(ChatMessage[] told, bool askBeforeSending, int room = 1000)
    {
        var mail = new OutgoingMail(room, askBeforeSending);
        var options = Mia();
        options.Tools = [mail.ToTool()];
        var updates = new List<ChatResponseUpdate>();
        await foreach (var update in _model.GetStreamingResponseAsync(told, options, CancellationToken.None))
            updates.Add(update);
        return (mail, string.Concat(updates.Select(update => update.Text)));
    }
}
