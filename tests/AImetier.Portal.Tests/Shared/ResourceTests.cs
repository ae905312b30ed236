using System.Text.RegularExpressions;
using System.Xml.Linq;
using Shouldly;
using Xunit;

namespace AImetier.Portal.Tests.Shared;

public sealed partial class ResourceTests
{
    /// <summary>Keys that are put together at run time, by marker class and beginning. The reason stands beside each.</summary>
    private static readonly (string Marker, string Beginning)[] Composed =
    [
        ("DeveloperText", "Mcp.Place."), // one sentence for every MCP client
        ("ApprovalCardText", "State."), // one sentence for every state of an approval
        ("ChatText", "End."), // one sentence for every way a reply ends before it is whole
        ("SharedText", "Error."), // one page for every status
        ("SharedText", "Language."), // one button for every language
        ("SettingsText", "Activity."), // one sentence for every act; ActivityWordsTests goes over the enum
        ("SettingsText", "Kind."), // one option for every group of acts
        ("PracticeText", "Mail."), // one sentence for everything a proposed e-mail may become
        ("PracticeText", "Question."), // one sentence for every kind of task that the practice model tells apart
        ("PracticeText", "Restate."), // the same
        ("PracticeText", "Role."), // one for every role it knows
        ("PracticeText", "Steps."), // one for every kind of task
        ("AttentionText", "State."), // one for every state of an approval
        ("AttentionText", "Failure."), // one for every reason why something has not left
        ("AttentionText", "Webhook."), // a title and a text for every way that an endpoint needs a person
        ("AttentionText", "Hidden."), // one for every kind of hidden character
        ("ConnectorText", "Failure."), // one sentence for every way that sending fails
        ("ConnectorText", "Problem."), // one for every problem of a field
        ("ConnectorText", "State."), // one title for every state of e-mail
        ("ConnectorText", "Tls."), // one name for every protection
        ("PracticeText", "Refused."), // one sentence for every reason to refuse an e-mail
        ("ReferenceText", "Group."), // one heading for every group of topics
        ("ReferenceText", "Topic."), // one entry of the contents for every topic
        ("IncomingHookText", "Proof."), // one name for every proof
        ("IncomingHookText", "ProofHint."), // the same
        ("IncomingHookText", "Address.Lead."), // the same
        ("IncomingHookText", "BadSecret."), // the same, where there is a secret
        ("IncomingHookText", "Setup.Variable."), // the same
        ("IncomingHookText", "Reason."), // one sentence for every reason to refuse
        ("IncomingHookText", "SampleType."), // one name for every type of body
        ("WebhookText", "Delivery."), // one for every state of a delivery
        ("WebhookText", "Event."), // one for every type of event
        ("WebhookText", "Failure."), // one for every way that an attempt fails
        ("WebhookText", "Problem."), // one for every problem of a field
        ("WebhookText", "Resend.Since."), // one for every choice of hours
        ("WebhookText", "Short."), // one for every way that an attempt fails
        ("WebhookText", "State."), // one for every state of an endpoint
        ("WebhookText", "Status."), // one for every kind of status
        ("WebhookText", "Trouble.Off."), // one for every reason to switch an endpoint off
        ("TeammateText", "Ends."), // one line for every feature that ends with a teammate
        ("TeammateText", "Suggestion."), // one entry for every suggestion
    ];

    private static readonly Dictionary<string, Dictionary<string, string>> English = Read("");
    private static readonly Dictionary<string, Dictionary<string, string>> French = Read(".fr");
    private static readonly string Sources = string.Concat(SourceFiles.All(".cs", ".cshtml").Select(file => file.Text));

    public static TheoryData<string> Markers => [.. English.Keys.Union(French.Keys, StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Markers))]
    public void Both_languages_have_the_same_keys(string marker) =>
        French[marker].Keys.Order(StringComparer.Ordinal).ShouldBe(English[marker].Keys.Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Markers))]
    public void No_text_is_empty_and_placeholders_agree(string marker)
    {
        foreach (var (key, text) in English[marker])
        {
            text.ShouldNotBeNullOrWhiteSpace(key);
            French[marker][key].ShouldNotBeNullOrWhiteSpace(key);
            PlaceholdersOf(French[marker][key]).ShouldBe(PlaceholdersOf(text), $"{marker} {key}");
        }
    }

    [Theory]
    [MemberData(nameof(Markers))]
    public void French_has_no_breaking_space_before_its_signs(string marker) =>
        French[marker].Where(pair => BreakingSpace().IsMatch(pair.Value)).Select(pair => pair.Key).ShouldBeEmpty();

    [Fact]
    public void Every_key_that_is_used_exists()
    {
        var uses = Uses().ToList();
        uses.Count.ShouldBeGreaterThan(150);
        uses.Where(use => !Exists(use)).Select(use => $"{use.File}: {use.Marker} {use.Key}").ShouldBeEmpty();
    }

    [Fact]
    public void A_key_that_does_not_exist_is_noticed() => Exists(new Use("X.cshtml", "SharedText", "Page.NotThere", Plural: false)).ShouldBeFalse();

    [Theory]
    [MemberData(nameof(Markers))]
    public void No_key_is_unused(string marker) =>
        English[marker].Keys
            .Where(key => !Composed.Any(beginning => beginning.Marker == marker && key.StartsWith(beginning.Beginning, StringComparison.Ordinal)))
            .Where(key => !Sources.Contains($"\"{PluralEnding().Replace(key, "")}\"", StringComparison.Ordinal))
            .ShouldBeEmpty();

    [Fact]
    public void Every_beginning_of_composed_keys_is_needed() =>
        Composed.Where(beginning => !English[beginning.Marker].Keys.Any(key => key.StartsWith(beginning.Beginning, StringComparison.Ordinal))).ShouldBeEmpty();

    private static bool Exists(Use use) => English[use.Marker] is var keys
        && (use.Plural ? keys.ContainsKey(use.Key + ".one") && keys.ContainsKey(use.Key + ".other") : keys.ContainsKey(use.Key));

    private static IEnumerable<Use> Uses()
    {
        var imports = SourceFiles.All("_ViewImports.cshtml").ToDictionary(file => Path.GetDirectoryName(file.Path)!, file => file.Text, StringComparer.Ordinal);
        foreach (var (path, text) in SourceFiles.All(".cs", ".cshtml"))
        {
            var declared = path.EndsWith(".cshtml", StringComparison.Ordinal)
                ? imports["Features"] + imports.GetValueOrDefault(Path.GetDirectoryName(path)!, "") + text
                : text;
            foreach (var localizer in Declaration().Matches(declared).Select(match => (Marker: match.Groups["marker"].Value, Name: match.Groups["name"].Value)).Distinct())
            {
                foreach (Match call in Regex.Matches(text, $@"(?<![\w.]){localizer.Name}(?<call>\[|\.Plural\()", RegexOptions.None, TimeSpan.FromSeconds(5)))
                {
                    var plural = call.Groups["call"].Value != "[";
                    foreach (var key in LiteralsOf(FirstArgument(text, call.Index + call.Length)))
                        yield return new Use(path, localizer.Marker, key, plural);
                }
            }
        }
    }

    private static string FirstArgument(string text, int start)
    {
        var (depth, quoted, end) = (0, false, start);
        for (; end < text.Length; end++)
        {
            var c = text[end];
            if (c == '"')
                quoted = !quoted;
            else if (!quoted && c is '(' or '[' or '{')
                depth++;
            else if (!quoted && (c is ')' or ']' or '}') && depth-- == 0)
                break;
            else if (!quoted && c == ',' && depth == 0)
                break;
        }

        return text[start..end];
    }

    // Whole keys only: what is composed or compared is not one.
    private static IEnumerable<string> LiteralsOf(string argument) =>
        Literal().Matches(argument).Select(match => match.Groups["key"].Value).Where(key => key.Length > 0 && !key.EndsWith('.'));

    private static Dictionary<string, Dictionary<string, string>> Read(string language) =>
        SourceFiles.All($"{language}.resx").Where(file => language.Length > 0 || !file.Path.EndsWith(".fr.resx", StringComparison.Ordinal)).ToDictionary(
            file => Path.GetFileName(file.Path).Replace($"{language}.resx", "", StringComparison.Ordinal),
            file => XDocument.Parse(file.Text).Root!.Elements("data").ToDictionary(
                data => data.Attribute("name")!.Value, data => data.Element("value")!.Value, StringComparer.Ordinal),
            StringComparer.Ordinal);

    private static string[] PlaceholdersOf(string text) => Placeholder().Matches(text).Select(match => match.Value).Distinct().Order(StringComparer.Ordinal).ToArray();

    [GeneratedRegex(@"IStringLocalizer<(?<marker>\w+)>\s+(?<name>\w+)")]
    private static partial Regex Declaration();

    [GeneratedRegex("""(?<!\$|==\s?)"(?<key>[A-Za-z0-9.]+)"(?!\s*\+)""")]
    private static partial Regex Literal();

    [GeneratedRegex(@"\{\d+")]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"\.(one|other)$")]
    private static partial Regex PluralEnding();

    [GeneratedRegex("[\u0020](?=[:;?!»])|(?<=«)[\u0020]")]
    private static partial Regex BreakingSpace();

    private sealed record Use(string File, string Marker, string Key, bool Plural);
}
