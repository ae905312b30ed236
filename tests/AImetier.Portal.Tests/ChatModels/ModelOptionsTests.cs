using AImetier.Portal.Data;
using AImetier.Portal.Features.ChatModels;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Shouldly;
using Xunit;

namespace AImetier.Portal.Tests.ChatModels;

public sealed class ModelOptionsTests
{
    private const string Secret = "sk-made for this test";

    [Fact]
    public void Without_settings_the_practice_model_answers() => Info(null, null, null).ShouldBe(ModelInfo.Practice);

    [Theory]
    [InlineData("https://api.openai.com/v1", "sk-1")]
    [InlineData("https://model.bakery.test", null)]
    [InlineData("http://localhost:11434/v1", "")]
    [InlineData("http://127.0.0.1:8080/v1/", null)]
    [InlineData("http://[::1]:8080/v1", null)]
    public void With_endpoint_and_name_a_live_model_answers(string endpoint, string? key) =>
        Info(endpoint, key, "bakery-1").ShouldBe(new ModelInfo(false, "bakery-1"));

    [Fact]
    public void Plain_http_to_another_machine_needs_a_permission() =>
        Info("http://ollama:11434/v1", null, "bakery-1", allowPlainHttp: true).Kind.ShouldBe("live");

    [Theory]
    [InlineData("https://api.openai.com/v1", null, null, "Model:Name: ")]
    [InlineData(null, null, "bakery-1", "Model:Endpoint: ")]
    [InlineData("https://api.openai.com/v1", "sk-1", "a\nb", "Model:Name: ")]
    [InlineData("https://api.openai.com/v1", Secret, "bakery-1", "Model:ApiKey: ")]
    [InlineData("api.openai.com/v1", null, "bakery-1", "Model:Endpoint: ")]
    [InlineData("ftp://api.openai.com/v1", null, "bakery-1", "Model:Endpoint: ")]
    [InlineData("/v1", null, "bakery-1", "Model:Endpoint: ")]
    [InlineData("https://me:hunter2@api.openai.com/v1", null, "bakery-1", "Model:Endpoint: ")]
    [InlineData("https://api.openai.com/v1?key=hunter2", null, "bakery-1", "Model:Endpoint: ")]
    [InlineData("http://model.bakery.test/v1", null, "bakery-1", "Model:Endpoint: ")]
    [InlineData("http://127.0.0.1.bakery.test/v1", null, "bakery-1", "Model:Endpoint: ")]
    public void What_does_not_fit_is_named_in_one_line_without_a_secret(string? endpoint, string? key, string? name, string opening)
    {
        var line = StartFailure.Describe(Should.Throw<OptionsValidationException>(() => Info(endpoint, key, name)));
        line.ShouldNotBeNull().ShouldStartWith(opening);
        line.ShouldNotContain('\n');
        line.ShouldNotContain(Secret);
        line.ShouldNotContain("hunter2");
        line.ShouldNotContain("; ");
    }

    [Fact]
    public void A_key_alone_asks_for_the_rest() =>
        StartFailure.Describe(Should.Throw<OptionsValidationException>(() => Info(null, "sk-1", null))).ShouldNotBeNull().ShouldContain("Model:Endpoint: ");

    private static ModelInfo Info(string? endpoint, string? key, string? name, bool allowPlainHttp = false)
    {
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Model:Endpoint"] = endpoint,
            ["Model:ApiKey"] = key,
            ["Model:Name"] = name,
            ["Model:AllowPlainHttp"] = allowPlainHttp.ToString(),
        };
        using var services = new ServiceCollection()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings).Build())
            .AddChatModels()
            .BuildServiceProvider();
        return services.GetRequiredService<ModelInfo>();
    }
}
