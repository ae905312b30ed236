using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using AImetier.Portal.Security;
using AImetier.Portal.Tests.Host;
using Shouldly;
using Xunit;

namespace AImetier.Portal.Tests.Security;

/// <summary>The npm packages <c>standardwebhooks</c> and <c>svix</c>, which receivers use: what is signed here is good there, and the other way around.</summary>
public sealed class WebhookLibraryTests
{
    private const string Id = "evt_2KWPBgLlAfxdpx2AI54pPJ85f4W";
    private const string Body = """{"type":"ping","data":{"note":"déjà vu, 日本, 🎉"}}""";

    [Fact]
    public async Task Receivers_libraries_and_the_Portal_agree_on_what_is_good_and_what_is_not()
    {
        var (first, second) = (WebhookSecret.Generate(), WebhookSecret.Generate());

        // The libraries ask the machine for the time.
        var now = TimeProvider.System.GetUtcNow();
        var timestamp = WebhookSignature.TimestampOf(now);
        var signed = new Case(first.Reveal(), Id, timestamp, Sign([first], timestamp), Body);
        var replacing = signed with { Signature = Sign([first, second], timestamp) };
        var old = WebhookSignature.TimestampOf(now - TimeSpan.FromMinutes(6));
        var ahead = WebhookSignature.TimestampOf(now + TimeSpan.FromMinutes(6));
        Case[] good = [signed, replacing, replacing with { Secret = second.Reveal() }];
        Case[] bad =
        [
            signed with { Body = Body.Replace("ping", "pong", StringComparison.Ordinal) },
            signed with { Body = Body + "\n" },
            signed with { Id = Id[..^1] + "X" },
            signed with { Timestamp = WebhookSignature.TimestampOf(now - TimeSpan.FromSeconds(1)) },
            signed with { Timestamp = old, Signature = Sign([first], old) },
            signed with { Timestamp = ahead, Signature = Sign([first], ahead) },
            signed with { Secret = second.Reveal() },
            signed with { Signature = signed.Signature.Replace("v1,", "v2,", StringComparison.Ordinal) },
            signed with { Signature = signed.Signature[..^2] },
            signed with { Timestamp = "yesterday" },
            signed with { Id = "" },
            signed with { Signature = "" },
        ];

        var seen = await RunAsync(first, timestamp, [.. good, .. bad]);
        foreach (var library in seen.GetProperty("verdicts").EnumerateObject())
        {
            var verdicts = library.Value.EnumerateArray().Select(verdict => verdict.GetString()).ToList();
            verdicts.Count.ShouldBe(good.Length + bad.Length);
            verdicts.Take(good.Length).ShouldAllBe(verdict => verdict == "good", library.Name);
            verdicts.Skip(good.Length).ShouldAllBe(verdict => verdict != "good", library.Name);
        }

        good.ShouldAllBe(one => Check(one, now) is SignatureCheck.Good);
        bad.ShouldAllBe(one => !(Check(one, now) is SignatureCheck.Good));
        foreach (var library in seen.GetProperty("signatures").EnumerateObject())
            Check(signed with { Signature = library.Value.GetString()! }, now).ShouldBe(new SignatureCheck.Good(), library.Name);
    }

    private static string Sign(WebhookSecret[] secrets, string timestamp) => WebhookSignature.Sign(secrets, Id, timestamp, Encoding.UTF8.GetBytes(Body));

    private static SignatureCheck Check(Case one, DateTimeOffset now)
    {
        WebhookSecret.TryParse(one.Secret, out var secret).ShouldBeTrue();
        return WebhookSignature.Verify([secret!], one.Id, one.Timestamp, one.Signature, Encoding.UTF8.GetBytes(one.Body), now);
    }

    private static async Task<JsonElement> RunAsync(WebhookSecret secret, string timestamp, Case[] cases)
    {
        var argument = JsonSerializer.Serialize(new { secret = secret.Reveal(), id = Id, timestamp, body = Body, cases }, JsonSerializerOptions.Web);
        return JsonDocument.Parse(await NodeTool.RunScriptAsync(Path.Combine(Here(), "webhook-libraries.mjs"), argument)).RootElement;
    }

    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;

    private sealed record Case(string Secret, string Id, string Timestamp, string Signature, string Body);
}
