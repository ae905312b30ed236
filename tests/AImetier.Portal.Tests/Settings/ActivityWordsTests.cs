using System.Globalization;
using AImetier.Portal.Features.Activity;
using AImetier.Portal.Features.Settings;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Shouldly;
using Xunit;

namespace AImetier.Portal.Tests.Settings;

public sealed class ActivityWordsTests
{
    private static readonly StringLocalizer<SettingsText> Text = new(
        new ResourceManagerStringLocalizerFactory(Options.Create(new LocalizationOptions()), NullLoggerFactory.Instance));

    private static readonly ActivityWords Words = new(Text);

    public static TheoryData<ActivityAction> Actions => [.. Enum.GetValues<ActivityAction>()];

    [Theory]
    [MemberData(nameof(Actions))]
    public void Every_act_has_a_sentence_in_both_languages(ActivityAction action)
    {
        var english = In("en", action);
        var french = In("fr", action);
        english.ShouldNotContain("Activity.");
        french.ShouldNotContain("Activity.");
        french.ShouldNotBe(english);
    }

    [Theory]
    [MemberData(nameof(Actions))]
    public void Every_act_belongs_to_a_group_that_can_be_filtered(ActivityAction action) =>
        Enum.IsDefined((ActivityGroup)((int)action / 100)).ShouldBeTrue();

    [Fact]
    public void Every_group_has_a_name_in_both_languages()
    {
        var texts = new System.Resources.ResourceManager(typeof(SettingsText));
        foreach (var language in new[] { "en", "fr" })
            Enum.GetNames<ActivityGroup>().ShouldAllBe(group => !string.IsNullOrEmpty(texts.GetString("Kind." + group, CultureInfo.GetCultureInfo(language))));
        texts.GetString("Kind.Nothing", CultureInfo.GetCultureInfo("en")).ShouldBeNull();
    }

    [Fact]
    public void An_act_without_a_sentence_is_noticed() => In("en", (ActivityAction)99_999).ShouldContain("Activity.");

    private static string In(string culture, ActivityAction action)
    {
        var before = CultureInfo.CurrentUICulture;
        try
        {
            CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(culture);
            return Words.What(new ActivityEntry
            {
                WorkspaceId = "ws_1",
                At = default,
                Action = action,
                ActorKind = ActorKind.Person,
                ActorId = "usr_1",
                ActorName = "Ann",
                SubjectName = "Mia",
            });
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }
}
