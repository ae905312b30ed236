using AImetier.Portal.Features.ApiTokens;
using AImetier.Portal.Security;
using Serilog;
using Serilog.Formatting.Display;
using Shouldly;
using Xunit;

namespace AImetier.Portal.Tests.Security;

public sealed class SecretRedactionTests
{
    [Fact]
    public void A_key_leaves_no_trace_in_message_property_or_exception()
    {
        var key = PlainToken.Generate().Reveal();
        using var output = new StringWriter();
        using (var log = new LoggerConfiguration().WriteTo.Sink(new WriterSink(new SecretRedaction(new MessageTemplateTextFormatter("{Message} {Properties}{NewLine}{Exception}")), output)).CreateLogger())
        {
            log.ForContext("Header", $"Bearer {key}").Error(new InvalidOperationException($"bad {key}"), "Saw {Key} at /x?code=abcdefgh", key);
        }

        var text = output.ToString();
        text.ShouldContain("Saw");
        text.ShouldContain("hclip_[redacted]");
        text.ShouldNotContain(key);
        text.ShouldNotContain(TokenFormat.SecretOf(key).ToString());
        text.ShouldNotContain("abcdefgh");
    }

    [Theory]
    [InlineData("nothing secret here")]
    [InlineData("token 7Qx2mN4kLp9RsT3v generated")]
    public void Other_text_is_left_alone(string text) => SecretRedaction.Redact(text).ShouldBe(text);

    private sealed class WriterSink(Serilog.Formatting.ITextFormatter formatter, TextWriter output) : Serilog.Core.ILogEventSink
    {
        public void Emit(Serilog.Events.LogEvent logEvent) => formatter.Format(logEvent, output);
    }
}
