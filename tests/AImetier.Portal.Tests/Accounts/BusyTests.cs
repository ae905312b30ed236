using System.Net;
using AImetier.Portal.Features.Accounts;
using AImetier.Portal.Tests.Host;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace AImetier.Portal.Tests.Accounts;

public sealed class BusyTests(PortalHost portal) : IClassFixture<PortalHost>
{
    [Fact]
    public async Task When_too_many_sign_in_at_once_a_page_says_when_to_try_again()
    {
        using var browser = new PortalBrowser(portal);
        await browser.GetPageAsync("/account/sign-in");
        var hashing = portal.Services.GetRequiredService<PasswordHashing>();
        using var leave = new CancellationTokenSource();
        var full = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var crowd = Enumerable.Range(0, 80).Select(_ => Task.Run(() => CrowdAsync(hashing, full, leave.Token))).ToList();
        await full.Task.WaitAsync(Until.Longest);
        using var answer = await browser.PostFormAsync("/account/sign-in", new() { ["Email"] = PortalHost.OwnerEmail, ["Password"] = portal.OwnerPassword });
        await leave.CancelAsync();
        await Task.WhenAll(crowd);
        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        answer.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(5));
        (await browser.ReadPageAsync(answer)).QuerySelector("h1")!.TextContent.ShouldBe("Too many people are signing in");

        // The try that was not judged counts as no failure, and afterwards there is room again.
        await browser.SignInAsync();
    }

    // Everybody comes from the source of the browser, so the crowd does not make room for it; whoever leaves the queue joins again at once.
    private static async Task CrowdAsync(PasswordHashing hashing, TaskCompletionSource full, CancellationToken leave)
    {
        while (!leave.IsCancellationRequested)
        {
            try
            {
                await hashing.HashAsync("flour, water and salt", "127.0.0.1", leave);
            }
            catch (TooManySignInsException)
            {
                full.TrySetResult();
                await Task.Yield();
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }
}
