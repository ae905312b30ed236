using System.Diagnostics;
using AImetier.Portal.Features.Conversations;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Shouldly;
using Xunit;

namespace AImetier.Portal.Tests.Conversations;

public sealed class SafeMarkdownTests
{
    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("<img src=x onerror=alert(1)>")]
    [InlineData("<svg onload=alert(1)>")]
    [InlineData("<a href=\"javascript:alert(1)\">x</a>")]
    [InlineData("<!-- <script>alert(1)</script> -->")]
    [InlineData("<style>p { color: red }</style><p style=\"color: red\">x</p>")]
    [InlineData("<form action=/chat><input name=x></form>")]
    [InlineData("<iframe srcdoc=\"<script>alert(1)</script>\"></iframe>")]
    [InlineData("</div></main><h1>Portal</h1>")]
    [InlineData("[x](javascript:alert(1))")]
    [InlineData("[x](JaVaScRiPt:alert(1))")]
    [InlineData("[x](java&#x73;cript:alert(1))")]
    [InlineData("[x](<java\tscript:alert(1)>)")]
    [InlineData("[x](data:text/html;base64,PHNjcmlwdD4=)")]
    [InlineData("[x](vbscript:x)")]
    [InlineData("[x](//evil.test/a)")]
    [InlineData("[x](/settings/developer)")]
    [InlineData("[x](?teammate=x)")]
    [InlineData("<javascript:alert(1)>")]
    [InlineData("![x](https://evil.test/pixel.png)")]
    [InlineData("![x](data:image/svg+xml;base64,PHN2Zz4=)")]
    [InlineData("![x][1]\n\n[1]: https://evil.test/pixel.png \"onerror=alert(1)\"")]
    [InlineData("[x](https://a.test \"\" onclick=alert(1))")]
    [InlineData("`<script>alert(1)</script>`")]
    [InlineData("```html onmouseover=alert(1)\n<script>alert(1)</script>\n```")]
    [InlineData("| a | <script> |\n|---|---|\n| <img src=x> | b |")]
    public void Nothing_in_an_answer_can_do_anything(string markdown)
    {
        var body = Parse(markdown);
        body.QuerySelectorAll("script, style, img, svg, iframe, form, input, object, embed, link, meta, base, h1, h2, div, main").ShouldBeEmpty();
        body.Descendants<IComment>().ShouldBeEmpty();
        foreach (var element in body.QuerySelectorAll("*"))
            element.Attributes.Select(attribute => attribute.Name).Except(["href", "rel", "target", "start"], StringComparer.Ordinal).ShouldBeEmpty();
        foreach (var link in body.QuerySelectorAll("a[href]"))
        {
            link.GetAttribute("href")!.ShouldStartWith("https://");
            link.GetAttribute("rel").ShouldBe("noopener noreferrer nofollow");
        }
    }

    [Fact]
    public void What_an_answer_needs_is_rendered()
    {
        var body = Parse("# Plan\n\n**Bold** and *leaning*, `code`\nsecond line\n\n1. one\n2. two\n\n> said\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n[site](https://bakery.test/menu?a=1&b=2) [mail](mailto:ann@bakery.test) <https://bakery.test>");
        body.QuerySelector("h3")!.TextContent.ShouldBe("Plan");
        foreach (var selector in new[] { "strong", "em", "code", "br", "ol > li", "blockquote", "table td" })
            body.QuerySelector(selector).ShouldNotBeNull(selector);
        body.QuerySelectorAll("a[target=_blank][rel]").Select(link => link.GetAttribute("href"))
            .ShouldBe(["https://bakery.test/menu?a=1&b=2", "mailto:ann@bakery.test", "https://bakery.test"]);
    }

    [Fact]
    public void An_image_becomes_a_link_that_loads_nothing() =>
        Parse("![Our menu](https://bakery.test/menu.png)").QuerySelector("a")!.TextContent.ShouldBe("Our menu");

    [Theory]
    [InlineData("# a\n\n## b\n\n###### c", "h3 h4 h5")]
    [InlineData("###### a\n\n# b\n\n###### c", "h3 h3 h4")]
    [InlineData("### a\n\n### b", "h3 h3")]
    public void Headings_go_on_from_those_of_the_page(string markdown, string levels) =>
        string.Join(' ', Parse(markdown).QuerySelectorAll("h1, h2, h3, h4, h5, h6").Select(heading => heading.LocalName)).ShouldBe(levels);

    [Theory]
    [InlineData(">")]
    [InlineData("- ")]
    [InlineData("[")]
    [InlineData("![")]
    [InlineData("*")]
    [InlineData("**a ")]
    [InlineData("_a*")]
    [InlineData("`")]
    [InlineData("``a")]
    [InlineData("<")]
    [InlineData("<a")]
    [InlineData("[a](")]
    [InlineData("[a][b]")]
    [InlineData("&")]
    [InlineData("a|")]
    [InlineData("|\n")]
    [InlineData("\\")]
    [InlineData("# a\n")]
    [InlineData("1. a\n")]
    [InlineData("word ")]
    public void The_longest_answer_is_rendered_in_bounded_time(string piece)
    {
        var markdown = string.Concat(Enumerable.Repeat(piece, (AskWork.LongestReply / piece.Length) + 1))[..AskWork.LongestReply];
        var began = Stopwatch.StartNew();
        SafeMarkdown.Of(markdown).ToString().ShouldNotBeNull();
        began.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public void What_is_nested_too_deeply_is_shown_as_it_is() =>
        Parse(new string('>', 5_000) + " deep <b>").TextContent.ShouldContain("deep <b>");

    private static IElement Parse(string markdown) => new HtmlParser().ParseDocument(SafeMarkdown.Of(markdown).ToString()).Body!;
}
