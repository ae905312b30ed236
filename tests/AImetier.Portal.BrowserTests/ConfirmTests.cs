using System.Security.Cryptography;
using AImetier.Portal.BrowserTests.Host;
using Microsoft.Data.Sqlite;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace AImetier.Portal.BrowserTests;

/// <summary>"Confirm it's you" comes before a key when the last proof is old, and then the key appears by itself.</summary>
public sealed class ConfirmTests : BrowserTest
{
    // Marks the test's own session among those of the shared Portal.
    private readonly string _browserName = "confirm-" + RandomNumberGenerator.GetHexString(12);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task After_the_password_the_key_appears_without_a_second_press(bool scripts)
    {
        var page = await SignInAsync(await OpenAsync(new BrowserNewContextOptions { UserAgent = _browserName, JavaScriptEnabled = scripts }));
        var keys = await OpenKeysOfNewTeammateAsync(page, "Confirm");
        await keys.GenerateAsync("Within the half hour");
        await keys.OpenAsync(keys.Teammate);
        await AgeProofAsync();

        await keys.Name.FillAsync("Booking form");
        await keys.Generate.ClickAsync();
        var password = page.GetByTestId("confirm-password");
        await Expect(password).ToBeFocusedAsync();
        await Expect(keys.NewToken).ToHaveCountAsync(0);
        if (scripts)
            await AccessibilityTests.ShouldSuitEverybodyAsync(page);

        await password.FillAsync(Portal.OwnerPassword);
        await page.GetByTestId("confirm-continue").ClickAsync();
        await Expect(keys.NewToken).ToBeVisibleAsync();
        await Expect(keys.ActiveRows.First).ToContainTextAsync("Booking form");
        await Expect(keys.ActiveRows).ToHaveCountAsync(2);
    }

    // The real program has the real clock; so the proof is made older instead of the hour later.
    private async Task AgeProofAsync()
    {
        await using var database = new SqliteConnection($"Data Source={Portal.Database};Pooling=False");
        await database.OpenAsync();
        await using var age = database.CreateCommand();
        age.CommandText = """UPDATE "Sessions" SET "ProvedAt" = "ProvedAt" - $age WHERE "UserAgent" = $browser""";
        age.Parameters.AddWithValue("$age", TimeSpan.FromMinutes(31).Ticks);
        age.Parameters.AddWithValue("$browser", _browserName);
        await age.ExecuteNonQueryAsync();
    }
}
