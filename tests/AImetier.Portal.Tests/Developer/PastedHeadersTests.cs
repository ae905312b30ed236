using AImetier.Portal.Features.Developer;
using CsCheck;
using Shouldly;
using Xunit;

namespace AImetier.Portal.Tests.Developer;

public sealed class PastedHeadersTests
{
    [Theory]
    [InlineData("webhook-id: evt_1\nwebhook-timestamp: 1764090000\nwebhook-signature: v1,abc= v1,def=")]
    [InlineData("Host: x\r\nWebhook-Id:evt_1\r\nWebhook-Timestamp:1764090000\r\nWebhook-Signature:v1,abc= v1,def=\r\n\r\n")]
    [InlineData("""{"webhook-id": "evt_1", "webhook-timestamp": "1764090000", "webhook-signature": "v1,abc= v1,def="}""")]
    [InlineData("""{'webhook-id': 'evt_1', 'webhook-timestamp': '1764090000', 'webhook-signature': 'v1,abc= v1,def='}""")]
    [InlineData("""curl -H 'webhook-id: evt_1' -H "webhook-timestamp: 1764090000" -H 'webhook-signature: v1,abc= v1,def=' """)]
    [InlineData("HTTP_WEBHOOK_ID=evt_1\nHTTP_WEBHOOK_TIMESTAMP=1764090000\nHTTP_WEBHOOK_SIGNATURE=v1,abc= v1,def=")]
    public void Headers_are_found_however_they_were_printed(string text) =>
        PastedHeaders.Read(text).ShouldBe(new PastedHeaders("evt_1", "1764090000", "v1,abc= v1,def="));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("webhook-id")]
    [InlineData("content-type: application/json")]
    public void What_is_not_there_is_not_found(string? text) => PastedHeaders.Read(text).ShouldBe(new PastedHeaders(null, null, null));

    [Fact]
    public void No_text_breaks_the_reader() =>
        Gen.Select(Gen.String, Gen.String).Sample((before, after) => PastedHeaders.Read($"{before}webhook-id:{after}").ShouldNotBeNull(), iter: 10_000);
}
