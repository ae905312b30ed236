using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using AImetier.Portal.Features.Webhooks;
using AImetier.Portal.Tests.Host;
using AImetier.Portal.Tests.Reference;
using Shouldly;
using Xunit;

namespace AImetier.Portal.Tests.Webhooks;

/// <summary>What a key reads of its teammate's webhooks.</summary>
public sealed class WebhookApiTests(WebhookPortal portal) : IClassFixture<WebhookPortal>
{
    private const string Deliveries = "/api/v1/teammates/{id}/webhooks/{webhookId}/deliveries";

    [Fact]
    public async Task A_key_reads_endpoints_and_deliveries_and_nothing_secret()
    {
        await using var receiver = await WebhookReceiver.StartAsync(WebhookReceiver.Status(500));
        var key = await portal.GenerateAsync();
        var (webhook, secret) = await portal.AddAsync($"{receiver.Address}/hooks?token=hidden", key.TeammateId);
        var id = (await portal.PublishAsync(key.TeammateId)).Single();
        await portal.AttemptsAsync(webhook.Id, 1);

        var schemas = new SchemaCheck(await Description.ParseAsync(portal));
        var list = await GetAsync(key, "/webhooks");
        schemas.Problems("get", "/api/v1/teammates/{id}/webhooks", "200", JsonNode.Parse(list.GetRawText())).ShouldBeEmpty();
        var listed = list.GetProperty("data").EnumerateArray().ShouldHaveSingleItem();
        listed.GetProperty("url").GetString().ShouldBe($"{receiver.Address}/hooks");
        listed.GetProperty("state").GetString().ShouldBe("failing");
        var log = await GetAsync(key, $"/webhooks/{webhook.Id}/deliveries");
        schemas.Problems("get", Deliveries, "200", JsonNode.Parse(log.GetRawText())).ShouldBeEmpty();
        var delivery = log.GetProperty("data").EnumerateArray().ShouldHaveSingleItem();
        (delivery.GetProperty("eventId").GetString(), delivery.GetProperty("state").GetString(), delivery.GetProperty("lastStatus").GetInt32()).ShouldBe((id, "pending", 500));
        foreach (var text in new[] { list.GetRawText(), log.GetRawText() })
        {
            text.ShouldNotContain(secret.Reveal());
            text.ShouldNotContain("hidden");
            text.ShouldNotContain("v1,");
        }
    }

    [Theory]
    [InlineData("desc")]
    [InlineData("asc")]
    public async Task Every_delivery_comes_once_in_order_while_their_states_change(string order)
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        var key = await portal.GenerateAsync();
        var (webhook, _) = await portal.AddAsync(receiver.Address, key.TeammateId, "message.completed");
        await portal.AsPersonAsync((WebhookService service, Features.Activity.Actor actor) => service.PauseAsync(webhook.Id, actor, CancellationToken.None));
        var ids = await portal.PublishAsync(key.TeammateId, 7);
        await portal.UntilAsync(webhook.Id, rows => rows.Count == ids.Count);
        var read = new List<string>();
        string? cursor = null;
        do
        {
            var part = await GetAsync(key, $"/webhooks/{webhook.Id}/deliveries?limit=3&order={order}" + (cursor is null ? "" : $"&cursor={cursor}"));
            read.AddRange(part.GetProperty("data").EnumerateArray().Select(row => row.GetProperty("eventId").GetString()!));
            cursor = part.GetProperty("nextCursor").GetString();
            if (read.Count == 3)
            {
                await portal.AsPersonAsync((WebhookService service, Features.Activity.Actor actor) => service.ResumeAsync(webhook.Id, actor, CancellationToken.None));
                await portal.AttemptsAsync(webhook.Id, ids.Count);
            }
        }
        while (cursor is not null);
        read.ShouldBe(order == "asc" ? ids : ids.AsEnumerable().Reverse());
        (await GetAsync(key, $"/webhooks/{webhook.Id}/deliveries?state=delivered")).GetProperty("data").GetArrayLength().ShouldBe(7);
        (await GetAsync(key, $"/webhooks/{webhook.Id}/deliveries?state=failed")).GetProperty("data").GetArrayLength().ShouldBe(0);
        (await StatusAsync(key, $"/webhooks/{webhook.Id}/deliveries?state=late")).ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Endpoints_come_in_parts()
    {
        var key = await portal.GenerateAsync();
        var ids = new List<string>();
        for (var n = 0; n < 3; n++)
            ids.Add((await portal.AddAsync("http://127.0.0.1:9009/", key.TeammateId)).Webhook.Id);
        var first = await GetAsync(key, "/webhooks?limit=2&order=asc");
        var second = await GetAsync(key, $"/webhooks?limit=2&order=asc&cursor={first.GetProperty("nextCursor").GetString()}");
        var read = first.GetProperty("data").EnumerateArray().Concat(second.GetProperty("data").EnumerateArray()).Select(row => row.GetProperty("id").GetString()!).ToList();
        read.Order(StringComparer.Ordinal).ShouldBe(ids.Order(StringComparer.Ordinal));
        (await GetAsync(key, "/webhooks")).GetProperty("data").EnumerateArray().Select(row => row.GetProperty("id").GetString()!).ShouldBe(read.AsEnumerable().Reverse());
    }

    [Fact]
    public async Task Another_teammates_and_a_removed_endpoint_do_not_exist()
    {
        var key = await portal.GenerateAsync();
        var (own, _) = await portal.AddAsync("http://127.0.0.1:9009/", key.TeammateId);
        var (other, _) = await portal.AddAsync("http://127.0.0.1:9009/");
        (await StatusAsync(key, $"/webhooks/{own.Id}/deliveries")).ShouldBe(HttpStatusCode.OK);
        (await StatusAsync(key, $"/webhooks/{other.Id}/deliveries")).ShouldBe(HttpStatusCode.NotFound);
        (await StatusAsync(key, "/webhooks/we_nobody/deliveries")).ShouldBe(HttpStatusCode.NotFound);
        await portal.AsPersonAsync((WebhookService service, Features.Activity.Actor actor) => service.RemoveAsync(own.Id, actor, CancellationToken.None));
        (await StatusAsync(key, $"/webhooks/{own.Id}/deliveries")).ShouldBe(HttpStatusCode.NotFound);
        (await GetAsync(key, "/webhooks")).GetProperty("data").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task Every_event_that_can_be_chosen_is_described_and_nothing_else()
    {
        var described = (await Description.ParseAsync(portal))["webhooks"]!.AsObject().Select(webhook => webhook.Key);
        described.ShouldBe([.. WebhookEvents.All, WebhookEvents.Ping]);
    }

    private async Task<JsonElement> GetAsync(TestKey key, string path)
    {
        using var client = portal.Client();
        using var answer = await client.CallAsync(key.Text, $"/api/v1/teammates/me{path}");
        return (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>())!;
    }

    private async Task<HttpStatusCode> StatusAsync(TestKey key, string path)
    {
        using var client = portal.Client();
        using var answer = await client.CallAsync(key.Text, $"/api/v1/teammates/me{path}");
        return answer.StatusCode;
    }
}
