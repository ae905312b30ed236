using System.Globalization;
using AImetier.Portal.Features.Shared;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Shouldly;
using Xunit;

namespace AImetier.Portal.Tests.Shared;

public sealed class InstantTextTests
{
    private static readonly DateTimeOffset Now = new(2026, 6, 15, 12, 0, 0, TimeSpan.Zero);

    private static readonly IStringLocalizer<SharedText> Text = new StringLocalizer<SharedText>(
        new ResourceManagerStringLocalizerFactory(Options.Create(new LocalizationOptions()), NullLoggerFactory.Instance));

    [Theory]
    [InlineData(0, "just now", "à l’instant")]
    [InlineData(59, "just now", "à l’instant")]
    [InlineData(60, "1 minute ago", "il y a 1 minute")]
    [InlineData(119, "1 minute ago", "il y a 1 minute")]
    [InlineData(120, "2 minutes ago", "il y a 2 minutes")]
    [InlineData(3599, "59 minutes ago", "il y a 59 minutes")]
    [InlineData(3600, "1 hour ago", "il y a 1 heure")]
    [InlineData(86399, "23 hours ago", "il y a 23 heures")]
    [InlineData(86400, "1 day ago", "il y a 1 jour")]
    [InlineData(30 * 86400 - 1, "29 days ago", "il y a 29 jours")]
    [InlineData(30 * 86400, "16 May 2026", "16 mai 2026")]
    [InlineData(45 * 86400, "1 May 2026", "1er mai 2026")]
    [InlineData(-2, "just now", "à l’instant")]
    [InlineData(-300, "just now", "à l’instant")]
    [InlineData(-301, "15 June 2026", "15 juin 2026")]
    public void An_instant_is_told_by_its_distance(int secondsAgo, string english, string french)
    {
        var at = Now.AddSeconds(-secondsAgo);
        In("en", () => Text.Ago(at, Now, TimeZoneInfo.Utc)).ShouldBe(english);
        In("fr", () => Text.Ago(at, Now, TimeZoneInfo.Utc)).ShouldBe(french);
    }

    [Theory]
    [InlineData("en", "3 May 2026 at 00:30:09 (Europe/Paris)")]
    [InlineData("fr", "3 mai 2026 à 00:30:09 (Europe/Paris)")]
    [InlineData("tr-TR", "3 May 2026 at 00:30:09 (Europe/Paris)")]
    [InlineData("ar-SA", "3 May 2026 at 00:30:09 (Europe/Paris)")]
    public void The_exact_instant_is_in_the_readers_zone_and_the_pages_language(string culture, string expected) =>
        In(culture, () => Text.Exact(new DateTimeOffset(2026, 5, 2, 22, 30, 9, TimeSpan.Zero), TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris")))
            .ShouldBe(expected);

    [Theory]
    [InlineData("tr-TR")]
    [InlineData("ar-SA")]
    [InlineData("")]
    public void The_machines_culture_changes_nothing(string culture)
    {
        In(culture, () => Text.Ago(Now.AddHours(-5), Now, TimeZoneInfo.Utc)).ShouldBe("5 hours ago");
        In(culture, () => Text.Ago(Now.AddDays(-60), Now, TimeZoneInfo.Utc)).ShouldBe("16 April 2026");
    }

    private static string In(string culture, Func<string> act)
    {
        var (before, beforeUi) = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(culture);
            return act();
        }
        finally
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (before, beforeUi);
        }
    }
}
