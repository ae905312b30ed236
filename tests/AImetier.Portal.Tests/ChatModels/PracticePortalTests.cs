using System.Net;
using AImetier.Portal.Tests.Conversations;
using AImetier.Portal.Tests.Host;
using Shouldly;
using Xunit;

namespace AImetier.Portal.Tests.ChatModels;

/// <summary>The practice model proposes e-mail in the whole Portal.</summary>
public sealed class PracticePortalTests(AskPortal portal) : IClassFixture<AskPortal>
{
    [Fact]
    public async Task An_e_mail_of_the_practice_model_waits_for_an_OK()
    {
        var answer = await portal.AnswerAsync(await portal.GenerateAsync(), "E-mail anna@bakery.test about Friday: We are closed.");
        answer.GetProperty("approvals").GetArrayLength().ShouldBe(1);
        var text = answer.GetProperty("reply").GetProperty("text").GetString()!;
        text.ShouldStartWith("Practice answer");
        text.ShouldContain("waits for an OK");
    }

    [Fact]
    public async Task A_refused_address_leaves_an_answer_and_nothing_that_waits()
    {
        var answer = await portal.AnswerAsync(await portal.GenerateAsync(), "[email to=nobody] Say hello.");
        answer.GetProperty("approvals").GetArrayLength().ShouldBe(0);
        answer.GetProperty("reply").GetProperty("text").GetString()!.ShouldContain("was not taken");
    }

    [Fact]
    public async Task A_reply_that_fails_after_its_proposal_wants_nothing()
    {
        var key = await portal.GenerateAsync();
        using (var failed = await portal.AskAsync(key, "[fail] [email to=anna@bakery.test] Say hello."))
            failed.StatusCode.ShouldBe(HttpStatusCode.BadGateway);
        var again = await portal.AnswerAsync(key, "Write a note");
        again.GetProperty("approvals").GetArrayLength().ShouldBe(0);
    }
}
