using AImetier.Portal.BrowserTests.Host;
using Microsoft.Playwright;

namespace AImetier.Portal.BrowserTests.Pages;

/// <summary>Sign-in.</summary>
public sealed class SignInPage(IPage page, PortalProcess portal) : PortalPage(page, portal)
{
    // Sign-ins at the same moment count as tries of somebody who guesses.
    private static readonly SemaphoreSlim OneAtATime = new(1, 1);

    public async Task SignInAsync(string email, string password)
    {
        await OneAtATime.WaitAsync();
        try
        {
            await Page.GotoAsync(Portal.At("/account/sign-in"));
            await Page.Locator("input[name=Email]").FillAsync(email);
            await Page.Locator("input[name=Password]").FillAsync(password);
            await Page.Locator("form[action='/account/sign-in'] button").ClickAsync();
            await ArriveAsync("/(?!account/)");
        }
        finally
        {
            OneAtATime.Release();
        }
    }
}
