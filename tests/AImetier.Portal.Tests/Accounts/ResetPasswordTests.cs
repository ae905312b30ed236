using System.Net;
using AImetier.Portal.Data;
using AImetier.Portal.Features.Accounts;
using AImetier.Portal.Features.Activity;
using AImetier.Portal.Tests.Host;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace AImetier.Portal.Tests.Accounts;

public sealed class ResetPasswordTests(PortalHost portal) : IClassFixture<PortalHost>
{
    private const string Chosen = "bread rises in the dark";

    [Fact]
    public async Task The_command_beside_a_running_Portal_prints_a_link_that_works_once()
    {
        var person = await portal.AddPersonAsync(PersonRole.Member);
        using var before = await new PortalBrowser(portal).SignInAsync(person);
        var (exit, output, _) = await CommandAsync(person.Email);
        exit.ShouldBe(0);
        var code = output.Split("/account/reset#code=")[1].Trim();

        using var ended = await before.GetAsync("/account/profile");
        ended.StatusCode.ShouldBe(HttpStatusCode.Redirect);

        using var browser = new PortalBrowser(portal);
        using var weak = await UseAsync(browser, code, "password1234");
        weak.StatusCode.ShouldBe(HttpStatusCode.OK);
        using var answer = await UseAsync(browser, code, Chosen);
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        await browser.GetPageAsync("/account/profile");

        using var other = new PortalBrowser(portal);
        using var again = await UseAsync(other, code, Chosen + "!");
        again.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await other.ReadPageAsync(again)).GetElementById("code-error").ShouldNotBeNull();
        await other.SignInAsync(person.Email, Chosen);

        var actions = await portal.InScopeAsync(services => services.GetRequiredService<PortalDbContext>().Set<ActivityEntry>()
            .Where(entry => entry.SubjectId == person.Id).Select(entry => entry.Action).ToListAsync(), person.WorkspaceId);
        actions.ShouldContain(ActivityAction.PasswordResetLinkMade);
        actions.ShouldContain(ActivityAction.PasswordChanged);
    }

    [Fact]
    public async Task An_unknown_email_is_said_in_one_line()
    {
        var (exit, output, error) = await CommandAsync("nobody@bakery.test");
        exit.ShouldBe(1);
        output.ShouldBeEmpty();
        error.Trim().ShouldBe("Nobody here signs in as nobody@bakery.test.");
    }

    [Fact]
    public async Task A_link_ends_after_an_hour()
    {
        using var own = new PortalHost();
        var person = await own.AddPersonAsync(PersonRole.Member);
        var code = await LinkAsync(own, person);
        own.Clock.Advance(TimeSpan.FromMinutes(61));
        using var browser = new PortalBrowser(own);
        using var late = await UseAsync(browser, code, Chosen);
        late.StatusCode.ShouldBe(HttpStatusCode.OK);
        using var inTime = await UseAsync(browser, await LinkAsync(own, person), Chosen);
        inTime.StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task Of_two_uses_at_the_same_moment_one_wins()
    {
        var person = await portal.AddPersonAsync(PersonRole.Member);
        var code = await LinkAsync(portal, person);
        var answers = await Task.WhenAll(Enumerable.Range(0, 3).Select(async i =>
        {
            using var browser = new PortalBrowser(portal);
            using var answer = await UseAsync(browser, code, $"{Chosen} {i}");
            return answer.StatusCode;
        }));
        answers.Count(status => status == HttpStatusCode.Redirect).ShouldBe(1);
    }

    private static async Task<HttpResponseMessage> UseAsync(PortalBrowser browser, string code, string password)
    {
        await browser.GetPageAsync("/account/reset");
        return await browser.PostFormAsync("/account/reset", new() { ["Code"] = code, ["Password"] = password });
    }

    private static Task<string> LinkAsync(PortalHost portal, TestPerson person) => portal.InScopeAsync(async services =>
        (await services.GetRequiredService<PasswordService>().MakeLinkAsync(person.Email, CancellationToken.None))!);

    private async Task<(int Exit, string Output, string Error)> CommandAsync(string email)
    {
        _ = portal.Address;
        using var process = PortalProcess.Start(ResetPasswordCommand.Name, email, $"--Portal:DataDirectory={portal.DataDirectory}");
        return await process.EndAsync();
    }
}
