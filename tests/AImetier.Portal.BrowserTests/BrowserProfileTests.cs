using System.Text;
using AImetier.Portal.BrowserTests.Host;
using AImetier.Portal.BrowserTests.Pages;
using Shouldly;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace AImetier.Portal.BrowserTests;

/// <summary>A browser with a profile on disk, as on a person's machine, keeps nothing of a key.</summary>
public sealed class BrowserProfileTests : BrowserTest
{
    private readonly string _profile = Directory.CreateTempSubdirectory("portal-profile-").FullName;

    [Fact]
    public async Task The_profile_holds_no_key_and_restoring_the_session_shows_none()
    {
        var context = Watched(await Chromium.WithProfileAsync(_profile));
        var keys = await OpenKeysOfNewTeammateAsync(await SignInAsync(context), "Profile");
        var secret = DeveloperPage.SecretOf(await keys.GenerateAsync("Booking form"));
        using (await Clipboard.HoldAsync(keys.Page))
        {
            await keys.Copy.ClickAsync();
            await Expect(keys.CopyResult).Not.ToBeEmptyAsync();
        }

        await context.CloseAsync();
        Hits(secret).ShouldBeEmpty();
        Hits(keys.Teammate).ShouldNotBeEmpty("the address of the page is in the history: what is there is found");

        var restored = Watched(await Chromium.WithProfileAsync(_profile, "--restore-last-session"));
        foreach (var page in restored.Pages)
        {
            var tab = await Tab.OfAsync(page);
            await tab.LoadedAsync();
            (await tab.HoldsAsync(secret)).ShouldBeFalse("no restored page shows the key");
        }

        await restored.CloseAsync();
        Hits(secret).ShouldBeEmpty();
    }

    /// <inheritdoc/>
    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        Directory.Delete(_profile, recursive: true);
    }

    private List<string> Hits(string text)
    {
        byte[][] spellings = [Encoding.UTF8.GetBytes(text), Encoding.Unicode.GetBytes(text)];
        return [.. Directory.GetFiles(_profile, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint })
            .Where(file => Array.Exists(spellings, spelling => File.ReadAllBytes(file).AsSpan().IndexOf(spelling) >= 0))
            .Select(file => Path.GetRelativePath(_profile, file))];
    }
}
