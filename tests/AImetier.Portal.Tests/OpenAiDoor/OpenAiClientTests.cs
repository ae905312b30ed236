using System.Runtime.CompilerServices;
using System.Text.Json;
using AImetier.Portal.Tests.Conversations;
using AImetier.Portal.Tests.Host;
using Shouldly;
using Xunit;

namespace AImetier.Portal.Tests.OpenAiDoor;

/// <summary>The npm package <c>openai</c> as a client from outside: it knows an address and a key.</summary>
public sealed class OpenAiClientTests(AskPortal portal) : IClassFixture<AskPortal>
{
    [Fact]
    public async Task OpenAIs_own_client_gets_models_answers_streams_approvals_and_its_own_errors()
    {
        var key = await portal.GenerateAsync();
        var seen = await RunAsync(key);

        var model = seen.GetProperty("models").EnumerateArray().ShouldHaveSingleItem();
        model.GetProperty("id").GetString().ShouldBe(key.TeammateId);
        seen.GetProperty("model").GetProperty("id").GetString().ShouldBe(key.TeammateId);

        var plain = TextOf(seen.GetProperty("plain"));
        plain.Length.ShouldBeGreaterThan(20);
        seen.GetProperty("plain").GetProperty("model").GetString().ShouldBe(key.TeammateId);
        var chunks = seen.GetProperty("streamed").EnumerateArray().ToList();
        string.Concat(chunks.SelectMany(chunk => chunk.GetProperty("choices").EnumerateArray())
            .Select(choice => choice.GetProperty("delta").TryGetProperty("content", out var piece) ? piece.GetString() : "")).ShouldBe(plain);
        chunks[^1].GetProperty("usage").GetProperty("total_tokens").GetInt32().ShouldBe(0);
        seen.GetProperty("helper").GetString().ShouldBe(plain);

        var approval = seen.GetProperty("approval");
        TextOf(approval).ShouldEndWith("\n\n1 e-mail waits for a person's OK.");
        approval.GetProperty("aimetier").GetProperty("approvals").EnumerateArray().ShouldHaveSingleItem().GetProperty("state").GetString().ShouldBe("waiting");

        ShouldBe(seen.GetProperty("wrongKey"), "AuthenticationError", "invalid_key", null);
        ShouldBe(seen.GetProperty("wrongModel"), "NotFoundError", "model_not_found", "model");
        ShouldBe(seen.GetProperty("image"), "BadRequestError", "validation_failed", "messages[0].content");
        ShouldBe(seen.GetProperty("failed"), "InternalServerError", "model_failed", null);
        ShouldBe(seen.GetProperty("failedStream"), "APIError", "model_failed", null);
    }

    private static string TextOf(JsonElement completion) => completion.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString()!;

    private static void ShouldBe(JsonElement refusal, string name, string code, string? param)
    {
        refusal.GetProperty("name").GetString().ShouldBe(name);
        refusal.GetProperty("code").GetString().ShouldBe(code);
        (refusal.TryGetProperty("param", out var about) ? about.GetString() : null).ShouldBe(param);
    }

    private async Task<JsonElement> RunAsync(TestKey key)
    {
        var start = NodeTool.Script();
        start.Environment["OPENAI_BASE_URL"] = new Uri(portal.Address, "/api/openai/v1").ToString();
        start.Environment["OPENAI_API_KEY"] = key.Text;
        var (exitCode, output, errors) = await OutsideProgram.RunAsync(start, await File.ReadAllTextAsync(Path.Combine(Here(), "openai-client.mjs")));
        exitCode.ShouldBe(0, errors);
        return JsonDocument.Parse(output).RootElement;
    }

    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
