using System.Reflection;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Microsoft.AspNetCore.Mvc.Razor;
using Shouldly;
using Xunit;

namespace AImetier.Portal.Tests.Shared;

/// <summary>Reads what the compiled views write as it stands, and finds words there: every word belongs into the resources.</summary>
public sealed class LiteralTextTests
{
    private const byte LoadString = 0x72;
    private const byte StringTable = 0x70;
    private const byte Call = 0x28;
    private const byte CallVirtual = 0x6F;

    private static readonly string[] Spoken = ["title", "placeholder", "aria-label", "alt"];

    public static TheoryData<string> Views => [.. ViewTypes().Select(view => view.FullName!)];

    [Theory]
    [MemberData(nameof(Views))]
    public void No_view_holds_words(string view) =>
        MarkupOf(typeof(Program).Assembly.GetType(view)!).SelectMany(WordsIn).ShouldBeEmpty();

    [Fact]
    public void Markup_of_the_views_is_really_read() =>
        string.Concat(ViewTypes().SelectMany(MarkupOf)).ShouldContain("<main class=\"main\" id=\"main\"");

    [Theory]
    [InlineData("<p>Hello</p>")]
    [InlineData("<p class=\"lead\">é</p>")]
    [InlineData("<input placeholder=\"Name\">")]
    [InlineData("<a href=\"/x\" aria-label=\"Home\"></a>")]
    public void Words_are_noticed(string markup) => WordsIn(markup).ShouldNotBeEmpty();

    [Theory]
    [InlineData("<p class=\"lead\"> · 1 — </p>")]
    [InlineData("<code>AIMETIER_API_KEY=</code>")]
    public void Signs_and_code_are_not_words(string markup) => WordsIn(markup).ShouldBeEmpty();

    private static IEnumerable<Type> ViewTypes() => typeof(Program).Assembly.GetTypes().Where(type => typeof(RazorPageBase).IsAssignableFrom(type));

    private static IEnumerable<string> WordsIn(string markup)
    {
        var body = new HtmlParser().ParseDocument(markup).DocumentElement;
        var texts = body.Descendants<IText>().Where(text => text.ParentElement?.Closest("pre, code, kbd, script") is null).Select(text => text.Data);
        var attributes = body.QuerySelectorAll("*").SelectMany(element => Spoken.Select(element.GetAttribute));
        return texts.Concat(attributes).OfType<string>().Where(text => text.Any(char.IsLetter));
    }

    // One piece per method: views and what stands inside tag helpers are methods of their own.
    private static IEnumerable<string> MarkupOf(Type view) => Nested(view)
        .SelectMany(type => type.GetMethods(BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
        .Select(LiteralsWrittenBy);

    private static IEnumerable<Type> Nested(Type type) =>
        type.GetNestedTypes(BindingFlags.NonPublic | BindingFlags.Public).SelectMany(Nested).Append(type);

    private static string LiteralsWrittenBy(MethodInfo method)
    {
        var code = method.GetMethodBody()?.GetILAsByteArray() ?? [];
        var written = new System.Text.StringBuilder();
        var inAttribute = false;
        for (var i = 0; i + 4 < code.Length; i++)
        {
            if (code[i] is not (Call or CallVirtual))
                continue;

            // Values of attributes that a tag helper binds are gathered the same way, but are not text.
            var called = Resolve(method.Module, BitConverter.ToInt32(code, i + 1));
            inAttribute = called is nameof(RazorPageBase.BeginWriteTagHelperAttribute) || (inAttribute && called is not nameof(RazorPageBase.EndWriteTagHelperAttribute));
            if (called is nameof(RazorPageBase.WriteLiteral) && !inAttribute && i >= 5 && code[i - 5] == LoadString && code[i - 1] == StringTable)
                written.Append(method.Module.ResolveString(BitConverter.ToInt32(code, i - 4)));
        }

        return written.ToString();
    }

    private static string? Resolve(Module module, int token)
    {
        try
        {
            return module.ResolveMethod(token)?.Name;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
