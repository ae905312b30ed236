using System.Runtime.CompilerServices;
using System.Text.Json;
using AImetier.Portal.Data;
using AImetier.Portal.Features.Activity;
using AImetier.Portal.Features.Webhooks;
using AImetier.Portal.Security;
using AImetier.Portal.Tests.Host;
using Shouldly;
using Xunit;

namespace AImetier.Portal.Tests.Webhooks;

/// <summary>The npm packages <c>standardwebhooks</c> and <c>svix</c> check what a real receiver got, also while its secret is being replaced.</summary>
public sealed class ReceiverLibraryTests(WebhookPortal portal) : IClassFixture<WebhookPortal>
{
    [Fact]
    public async Task Receivers_libraries_take_what_arrives_and_nothing_that_was_changed()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        var (webhook, first) = await portal.AddAsync(receiver.Address);
        await portal.PublishAsync(webhook.TeammateId, type: "approval.sent");
        var before = await receiver.NextAsync();
        var outcome = await portal.AsPersonAsync((WebhookService service, Actor actor) => service.ReplaceSecretAsync(webhook.Id, EntityId.New("nonce"), actor, CancellationToken.None));
        var second = ((ReplaceSecretOutcome.Replaced)outcome).Secret;
        await portal.PublishAsync(webhook.TeammateId, type: "approval.sent");
        var during = await receiver.NextAsync();
        during.Signature.Split(' ').Length.ShouldBe(2);

        var twoDays = TimeSpan.FromDays(2);
        portal.Clock.Advance(twoDays);
        await portal.PublishAsync(webhook.TeammateId, type: "approval.sent");
        var after = await receiver.NextAsync();
        after.Signature.Split(' ').Length.ShouldBe(1);

        Case[] good = [Of(before, first), Of(during, first), Of(during, second)];
        Case[] bad =
        [
            Of(before, second),
            Of(during, WebhookSecret.Generate()),
            Of(during, first) with { Body = Flip(during.Text) },
            Of(during, second) with { Body = Flip(during.Text) },
            Of(during, first) with { Id = during.Id[..^1] + (during.Id[^1] == 'x' ? 'y' : 'x') },
            Of(during, second) with { Timestamp = Earlier(during.Timestamp) },
            Of(after, first),

            // Good but from the day after tomorrow.
            Of(after, second),
        ];
        var verdicts = await RunAsync(first, during, [.. good, .. bad]);
        foreach (var library in verdicts.EnumerateObject())
        {
            var said = library.Value.EnumerateArray().Select(verdict => verdict.GetString()).ToList();
            said.Take(good.Length).ShouldAllBe(verdict => verdict == "good", library.Name);
            said.Skip(good.Length).Count().ShouldBe(bad.Length);
            said.Skip(good.Length).ShouldAllBe(verdict => verdict != "good", library.Name);
        }

        // That one is refused for its time alone.
        WebhookPortal.Check(after, second).ShouldBeOfType<SignatureCheck.Good>();
        WebhookPortal.Check(after, first).ShouldBeOfType<SignatureCheck.Mismatch>();
    }

    private static Case Of(Received got, WebhookSecret secret) => new(secret.Reveal(), got.Id, got.Timestamp, got.Signature, got.Text);

    private static string Flip(string body) => body.Replace("approval.sent", "approval.Sent", StringComparison.Ordinal);

    private static string Earlier(string timestamp) =>
        WebhookSignature.TimestampOf(DateTimeOffset.FromUnixTimeSeconds(long.Parse(timestamp, System.Globalization.CultureInfo.InvariantCulture) - 1));

    private static async Task<JsonElement> RunAsync(WebhookSecret secret, Received got, Case[] cases)
    {
        var script = Path.Combine(Path.GetDirectoryName(Here())!, "../Security/webhook-libraries.mjs");
        var argument = JsonSerializer.Serialize(new { secret = secret.Reveal(), id = got.Id, timestamp = got.Timestamp, body = got.Text, cases }, JsonSerializerOptions.Web);
        return JsonDocument.Parse(await NodeTool.RunScriptAsync(script, argument)).RootElement.GetProperty("verdicts");
    }

    private static string Here([CallerFilePath] string path = "") => path;

    private sealed record Case(string Secret, string Id, string Timestamp, string Signature, string Body);
}
