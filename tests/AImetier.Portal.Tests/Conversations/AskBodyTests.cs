using System.Text;
using System.Text.Json;
using AImetier.Portal.Features.Conversations;
using AImetier.Portal.Features.Shared;
using Microsoft.AspNetCore.Http;
using Shouldly;
using Xunit;

namespace AImetier.Portal.Tests.Conversations;

public sealed class AskBodyTests
{
    [Fact]
    public void A_whole_body_is_read()
    {
        var body = Read("""{"text":"Hello é","conversationId":"cv_1","metadata":{"order":"42"},"later":[1,{"x":null}]}""").ShouldBeOfType<AskBody.Good>();
        body.Text.ShouldBe("Hello é");
        body.ConversationId.ShouldBe("cv_1");
        body.Metadata.ShouldNotBeNull()["order"].ShouldBe("42");
    }

    [Fact]
    public void What_is_optional_may_be_missing_or_null()
    {
        Read("""{"text":"Hello"}""").ShouldBe(new AskBody.Good("Hello", null, null));
        Read("""{"text":"Hello","conversationId":null,"metadata":null}""").ShouldBe(new AskBody.Good("Hello", null, null));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("\"text\"")]
    [InlineData("""{"text":"a"} x""")]
    [InlineData("""{"text":"a",}""")]
    [InlineData("""{"text":"a"/**/}""")]
    [InlineData("""{"text":"a","text":"b"}""")]
    [InlineData("""{"text":"a","t\u0065xt":"b"}""")]
    [InlineData("""{"text":"a","later":{"x":1,"x":2}}""")]
    [InlineData("""{"text":"a","\ud800":1}""")]
    public void What_is_not_one_strict_object_is_refused_as_a_whole(string json) => Errors(json).Keys.ShouldContain("body");

    [Theory]
    [InlineData("{}", "text")]
    [InlineData("""{"text":null}""", "text")]
    [InlineData("""{"text":1}""", "text")]
    [InlineData("""{"text":["a"]}""", "text")]
    [InlineData("""{"text":""}""", "text")]
    [InlineData("""{"text":" \n\t"}""", "text")]
    [InlineData("""{"text":"a\u0000b"}""", "text")]
    [InlineData("""{"text":"a\ud800"}""", "text")]
    [InlineData("""{"text":"\udc00a"}""", "text")]
    [InlineData("""{"Text":"a"}""", "text")]
    [InlineData("""{"text":"a","conversationId":1}""", "conversationId")]
    [InlineData("""{"text":"a","metadata":[]}""", "metadata")]
    [InlineData("""{"text":"a","metadata":"x"}""", "metadata")]
    [InlineData("""{"text":"a","metadata":{"a":1}}""", "metadata")]
    [InlineData("""{"text":"a","metadata":{"a":null}}""", "metadata")]
    [InlineData("""{"text":"a","metadata":{"":"x"}}""", "metadata")]
    [InlineData("""{"text":"a","metadata":{"a":"\u0000"}}""", "metadata")]
    public void A_field_that_does_not_fit_is_named(string json, string field) => Errors(json).Keys.ShouldBe([field]);

    [Fact]
    public void Every_field_that_does_not_fit_is_named_at_once() =>
        Errors("""{"text":1,"conversationId":2,"metadata":3}""").Keys.ShouldBe(["text", "conversationId", "metadata"]);

    [Fact]
    public void Invalid_UTF8_is_refused()
    {
        var bytes = Encoding.UTF8.GetBytes("""{"text":"a?"}""");
        AskBody.Read(bytes).ShouldBeOfType<AskBody.Good>();
        bytes[^3] = 0xC3;
        AskBody.Read(bytes).ShouldBeOfType<AskBody.Refused>();
    }

    [Fact]
    public void Lengths_end_exactly_at_their_limits()
    {
        Read(Text(100_000)).ShouldBeOfType<AskBody.Good>();
        Errors(Text(100_001)).Keys.ShouldContain("text");
        Read(Metadata(16, 64, 512)).ShouldBeOfType<AskBody.Good>();
        Errors(Metadata(17, 64, 512)).Keys.ShouldContain("metadata");
        Errors(Metadata(16, 65, 512)).Keys.ShouldContain("metadata");
        Errors(Metadata(16, 64, 513)).Keys.ShouldContain("metadata");
        Read(Deep(31)).ShouldBeOfType<AskBody.Good>();
        Errors(Deep(32)).Keys.ShouldContain("body");
    }

    [Theory]
    [InlineData("application/json", true)]
    [InlineData("application/json; charset=utf-8", true)]
    [InlineData("APPLICATION/JSON;charset=\"UTF-8\"", true)]
    [InlineData("application/json; charset=utf-16", false)]
    [InlineData("application/problem+json", false)]
    [InlineData("text/plain", false)]
    [InlineData("application/x-www-form-urlencoded", false)]
    [InlineData("json", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void Only_JSON_in_UTF8_is_taken(string? contentType, bool taken)
    {
        var request = new DefaultHttpContext().Request;
        request.ContentType = contentType;
        JsonBody.IsJson(request).ShouldBe(taken);
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData("*/*", true)]
    [InlineData("application/*", true)]
    [InlineData("application/json", true)]
    [InlineData("application/json; charset=utf-8", true)]
    [InlineData("text/html, application/json;q=0.1", true)]
    [InlineData("text/html, */*;q=0.1", true)]
    [InlineData("not a header", true)]
    [InlineData("text/html", false)]
    [InlineData("text/event-stream", false)]
    [InlineData("application/json;q=0, */*", false)]
    [InlineData("*/*;q=0", false)]
    public void Accept_decides_whether_JSON_may_be_answered(string? accept, bool allowed) =>
        (AcceptHeader.QualityOf(AcceptHeader.Json, accept is null ? [] : [accept]) > 0).ShouldBe(allowed);

    private static AskBody Read(string json) => AskBody.Read(Encoding.UTF8.GetBytes(json));

    private static IReadOnlyDictionary<string, string[]> Errors(string json) => Read(json).ShouldBeOfType<AskBody.Refused>().Errors;

    private static string Text(int length) => $$"""{"text":"{{new string('a', length)}}"}""";

    private static string Deep(int levels) => $$"""{"text":"a","later":{{new string('[', levels)}}{{new string(']', levels)}}}""";

    private static string Metadata(int entries, int key, int value) => JsonSerializer.Serialize(new
    {
        text = "a",
        metadata = Enumerable.Range(10, entries).ToDictionary(n => $"{n}{new string('k', key - 2)}", _ => new string('v', value), StringComparer.Ordinal),
    });
}
