using System.Globalization;
using System.Text.RegularExpressions;
using AImetier.Portal.Features.Shared;
using Shouldly;
using Xunit;

namespace AImetier.Portal.Tests.Shared;

public sealed partial class PageFileTests
{
    private static readonly IReadOnlyList<(string Path, string Text)> Styles = SourceFiles.All(".css");
    private static readonly IReadOnlyList<(string Path, string Text)> Views = SourceFiles.All(".cshtml");

    [Theory]
    [InlineData("ink", "paper", 4.5)]
    [InlineData("ink", "surface", 4.5)]
    [InlineData("ink", "sunken", 4.5)]
    [InlineData("ink", "hover", 4.5)]
    [InlineData("ink", "notice-soft", 4.5)]
    [InlineData("ink", "accent-soft", 4.5)]
    [InlineData("ink", "danger-soft", 4.5)]
    [InlineData("ink-soft", "paper", 4.5)]
    [InlineData("ink-soft", "surface", 4.5)]
    [InlineData("ink-soft", "sunken", 4.5)]
    [InlineData("ink-soft", "hover", 4.5)]
    [InlineData("ink-soft", "notice-soft", 4.5)]
    [InlineData("ink-soft", "accent-soft", 4.5)]
    [InlineData("accent", "paper", 4.5)]
    [InlineData("accent", "surface", 4.5)]
    [InlineData("accent", "accent-soft", 4.5)]
    [InlineData("accent", "notice-soft", 4.5)]
    [InlineData("accent-ink", "accent", 4.5)]
    [InlineData("accent-ink", "accent-strong", 4.5)]
    [InlineData("danger", "surface", 4.5)]
    [InlineData("danger", "danger-soft", 4.5)]
    [InlineData("danger", "notice-soft", 4.5)]
    [InlineData("danger-ink", "danger", 4.5)]
    [InlineData("danger-ink", "danger-strong", 4.5)]
    [InlineData("notice-ink", "notice-soft", 4.5)]
    [InlineData("line-strong", "surface", 3)]
    [InlineData("line-strong", "paper", 3)]
    [InlineData("line-strong", "sunken", 3)]
    [InlineData("line-strong", "notice-soft", 3)]
    [InlineData("notice-line", "surface", 3)]
    [InlineData("notice-line", "notice-soft", 3)]
    [InlineData("focus", "surface", 3)]
    [InlineData("focus", "paper", 3)]
    [InlineData("focus", "notice-soft", 3)]
    public void Colors_can_be_told_apart_in_light_and_dark(string front, string back, double least)
    {
        var tokens = Token().Matches(Styles.Single(file => file.Path.EndsWith("tokens.css", StringComparison.Ordinal)).Text)
            .ToDictionary(match => match.Groups["name"].Value, match => match, StringComparer.Ordinal);
        foreach (var theme in new[] { "light", "dark" })
            Contrast(tokens[front].Groups[theme].Value, tokens[back].Groups[theme].Value).ShouldBeGreaterThanOrEqualTo(least, $"{front} on {back}, {theme}");
    }

    [Fact]
    public void Black_on_white_is_21_to_1() => Contrast("000000", "ffffff").ShouldBe(21, 0.01);

    [Fact]
    public void Styles_stay_short_and_only_narrow_ones_insist()
    {
        Styles.Count.ShouldBeGreaterThan(5);
        Styles.Where(file => file.Text.Count(c => c == '\n') >= 400).ShouldBeEmpty();
        Styles.Where(file => file.Text.Contains("!important", StringComparison.Ordinal)).Select(file => file.Path).ShouldBe(["wwwroot/css/narrow.css"]);
        Styles.Where(file => !file.Text.Contains("@layer", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public void Every_style_and_script_is_loaded()
    {
        // The page on which calls are tried is made by its tool, not by a view.
        var views = string.Concat(Views.Concat(SourceFiles.All("Reference/TryCalls.cs")).Select(view => view.Text));
        SourceFiles.All(".css", ".js").Where(file => file.Path.StartsWith("wwwroot/", StringComparison.Ordinal))
            .Where(file => !views.Contains(file.Path["wwwroot".Length..], StringComparison.Ordinal)).Select(file => file.Path).ShouldBeEmpty();
    }

    [Fact]
    public void No_view_has_style_or_script_inside() =>
        Views.Where(view => Inline().IsMatch(view.Text)).Select(view => view.Path).ShouldBeEmpty();

    [Theory]
    [InlineData("<p style=\"color: red\">")]
    [InlineData("<button onclick=\"go()\">")]
    [InlineData("<script>go()</script>")]
    public void Style_and_script_inside_are_noticed(string markup) => Inline().IsMatch(markup).ShouldBeTrue();

    [Fact]
    public void Every_drawing_that_is_used_exists()
    {
        var drawn = Symbol().Matches(SourceFiles.All("icons.svg").Single().Text).Select(match => match.Groups["id"].Value).ToList();
        drawn.ShouldBeUnique();
        var used = Views.SelectMany(view => Icon().Matches(view.Text)).Select(match => match.Groups["name"].Value)
            .Concat(Enumerable.Range(400, 200).Select(status => new ErrorPage(status, "").Icon)).Distinct().ToList();
        used.Count.ShouldBeGreaterThan(10);
        used.Except(drawn, StringComparer.Ordinal).ShouldBeEmpty();
    }

    // WCAG 2.2, relative luminance and contrast ratio.
    private static double Contrast(string one, string other)
    {
        var (a, b) = (Luminance(one), Luminance(other));
        return (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
    }

    private static double Luminance(string color) =>
        (0.2126 * Channel(color, 0)) + (0.7152 * Channel(color, 2)) + (0.0722 * Channel(color, 4));

    private static double Channel(string color, int at)
    {
        var value = int.Parse(color.AsSpan(at, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0;
        return value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
    }

    [GeneratedRegex(@"--(?<name>[a-z-]+): light-dark\(#(?<light>[0-9a-f]{6}), #(?<dark>[0-9a-f]{6})\);")]
    private static partial Regex Token();

    [GeneratedRegex("""<symbol id="(?<id>[^"]+)" """)]
    private static partial Regex Symbol();

    [GeneratedRegex("""<icon name="(?<name>[a-z-]+)" """)]
    private static partial Regex Icon();

    [GeneratedRegex("""\sstyle="|\son[a-z]+="|<style|<script(?![^>]*\ssrc=)""")]
    private static partial Regex Inline();
}
