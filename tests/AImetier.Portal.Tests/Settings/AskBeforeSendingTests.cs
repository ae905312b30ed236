using System.Net;
using AImetier.Portal.Features.Accounts;
using AImetier.Portal.Tests.Host;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace AImetier.Portal.Tests.Settings;

public sealed class AskBeforeSendingTests(PortalHost portal) : IClassFixture<PortalHost>
{
    [Fact]
    public async Task Turning_it_off_takes_the_password_and_turning_it_on_one_press()
    {
        var person = await portal.AddWorkspaceAsync("Bakery");
        using var owner = await new PortalBrowser(portal).SignInAsync(person);
        await owner.GetPageAsync("/settings/security");
        using (var refused = await owner.PostFormAsync("/settings/security/ask-before-sending/off", new() { ["Password"] = "wrong" }))
        {
            refused.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
            (await owner.ReadPageAsync(refused)).QuerySelector("#password-error").ShouldNotBeNull();
        }

        (await IsOnAsync(person)).ShouldBeTrue();
        using (var off = await owner.PostFormAsync("/settings/security/ask-before-sending/off", new() { ["Password"] = person.Password }))
            off.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await IsOnAsync(person)).ShouldBeFalse();

        var page = await owner.GetPageAsync("/settings/security");
        page.QuerySelector("[data-action=AskBeforeSendingOff]").ShouldNotBeNull();
        using (var on = await owner.PostFormAsync("/settings/security/ask-before-sending/on", []))
            on.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await IsOnAsync(person)).ShouldBeTrue();
        (await owner.GetPageAsync("/settings/security")).QuerySelector("[data-action=AskBeforeSendingOn]").ShouldNotBeNull();
    }

    private Task<bool> IsOnAsync(TestPerson person) => portal.InScopeAsync(
        async services => (await services.GetRequiredService<WorkspaceService>().GetAsync(person.WorkspaceId, CancellationToken.None)).AskBeforeSending,
        person.WorkspaceId);
}
