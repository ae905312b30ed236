using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json;
using AImetier.Portal.Data;
using AImetier.Portal.Features.Approvals;
using AImetier.Portal.Features.Mcp;
using AImetier.Portal.Tests.Approvals;
using AImetier.Portal.Tests.Host;
using AImetier.Portal.Tests.Reference.Samples;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using Shouldly;
using Xunit;

namespace AImetier.Portal.Tests.Mcp;

/// <summary>Clients from outside, told nothing but the address and a key: they list the tools, ask, see an approval wait and see it decided.</summary>
public sealed class McpClientTests(ApprovalPortal portal) : IClassFixture<ApprovalPortal>
{
    private const string Question = "[email to=client@example.com] Say thanks";
    private static readonly string[] Tools = ["ask_teammate", "get_approval", "get_conversation", "list_approvals", "list_conversations"];

    [Theory]
    [InlineData(null)]
    [InlineData("2025-11-25")]
    public async Task The_SDK_for_CSharp(string? revision)
    {
        var key = await portal.GenerateAsync();
        await using var transport = new HttpClientTransport(new HttpClientTransportOptions
        {
            Endpoint = new Uri(portal.Address, "/mcp"),
            AdditionalHeaders = new Dictionary<string, string>(StringComparer.Ordinal) { ["Authorization"] = $"Bearer {key.Text}" },
        });
        await using var client = await McpClient.CreateAsync(transport, new McpClientOptions { ProtocolVersion = revision });
        client.NegotiatedProtocolVersion.ShouldBe(revision ?? McpProbe.Modern);
        (await client.ListToolsAsync()).Select(tool => tool.Name).Order(StringComparer.Ordinal).ShouldBe(Tools);

        var asked = await client.CallToolAsync("ask_teammate", new Dictionary<string, object?>(StringComparer.Ordinal) { ["text"] = Question });
        asked.Content.OfType<TextContentBlock>().Count().ShouldBe(3);
        var approvalId = asked.StructuredContent!.Value.GetProperty("approvals")[0].GetProperty("id").GetString()!;
        (await StateAsync()).ShouldBe("waiting");
        await portal.ApproveAsync(approvalId);
        await portal.UntilAsync(approvalId, ApprovalState.Saved);
        (await StateAsync()).ShouldBe("saved");

        async Task<string?> StateAsync()
        {
            var read = await client.CallToolAsync("get_approval", new Dictionary<string, object?>(StringComparer.Ordinal) { ["approvalId"] = approvalId });
            return read.StructuredContent!.Value.GetProperty("state").GetString();
        }
    }

    [Fact]
    public async Task The_SDK_for_TypeScript()
    {
        var key = await portal.GenerateAsync();
        var start = NodeTool.Script();
        start.Environment["MCP_URL"] = new Uri(portal.Address, "/mcp").ToString();
        start.Environment["AIMETIER_API_KEY"] = key.Text;
        start.Environment["QUESTION"] = Question;
        using var node = OutsideProgram.Start(start);
        await node.GiveAsync(await File.ReadAllTextAsync(Path.Combine(Here(), "mcp-client.mjs")));

        // It says when it has seen the approval wait, and reads it again and again until it is decided.
        (await node.StandardOutput.ReadLineAsync().WaitAsync(Until.Longest)).ShouldBe("waiting", node.HasExited ? (await node.EndAsync()).Errors : null);
        var approvalId = (await WaitingOfAsync(key)).ShouldNotBeNull();
        await portal.ApproveAsync(approvalId);
        await portal.UntilAsync(approvalId, ApprovalState.Saved);
        var (exitCode, output, errors) = await node.EndAsync();
        exitCode.ShouldBe(0, errors);

        var seen = JsonDocument.Parse(output).RootElement;
        seen.GetProperty("tools").EnumerateArray().Select(tool => tool.GetString()).Order(StringComparer.Ordinal).ShouldBe(Tools);
        seen.GetProperty("state").GetString().ShouldBe("saved");
        seen.GetProperty("notFound").GetBoolean().ShouldBeTrue();
        seen.GetProperty("refused").GetString()!.ShouldContain("401");
    }

    [Fact]
    public async Task The_set_up_text_for_TypeScript_runs_as_it_is() => await ShouldAnswerAsync(await portal.GenerateAsync(), NodeTool.Script(), SetupText("typescript"));

    [Fact]
    public async Task The_set_up_text_for_CSharp_compiles_and_runs_as_it_is()
    {
        var text = new Fence("mcp-section", "C# SDK", null, 0, "csharp", "", SetupText("csharp"));
        using var program = await CSharpSamples.CompileAsync([text]);
        await ShouldAnswerAsync(await portal.GenerateAsync(), program.Start(text));
    }

    [Theory]
    [InlineData("modern")]
    [InlineData("legacy")]
    public async Task The_Inspector_in_both_eras(string era)
    {
        var key = await portal.GenerateAsync();
        (await InspectAsync("tools/list", "--strict")).GetProperty("tools").EnumerateArray().Select(tool => tool.GetProperty("name").GetString()).Order(StringComparer.Ordinal).ShouldBe(Tools);
        var asked = await InspectAsync("tools/call", "--tool-name", "ask_teammate", "--tool-arg", $"text={Question}");
        var approvalId = asked.GetProperty("structuredContent").GetProperty("approvals")[0].GetProperty("id").GetString()!;
        (await StateAsync()).ShouldBe("waiting");
        await portal.ActAsync(approvalId, (service, _, person) => service.DeclineAsync(approvalId, "Not today", person, CancellationToken.None));
        (await StateAsync()).ShouldBe("declined");

        async Task<string?> StateAsync() =>
            (await InspectAsync("tools/call", "--tool-name", "get_approval", "--tool-arg", $"approvalId={approvalId}")).GetProperty("structuredContent").GetProperty("state").GetString();

        async Task<JsonElement> InspectAsync(string method, params string[] more)
        {
            var home = Directory.CreateTempSubdirectory("inspector-");
            try
            {
                var start = new ProcessStartInfo(NodeTool.Node(), (string[])
                    [
                        Path.Combine(NodeTool.Repository, "tests/.tools/node_modules/@modelcontextprotocol/inspector/clients/launcher/build/index.js"), "--cli", new Uri(portal.Address, "/mcp").ToString(),
                        "--transport", "http", "--protocol-era", era, "--header", $"Authorization: Bearer {key.Text}", "--format", "json", "--quiet", "--method", method, .. more,
                    ]);
                start.Environment["HOME"] = home.FullName;
                start.Environment["NO_COLOR"] = "1";
                var (exitCode, output, errors) = await OutsideProgram.RunAsync(start);
                exitCode.ShouldBe(0, errors);
                return JsonDocument.Parse(output).RootElement.GetProperty("result");
            }
            finally
            {
                home.Delete(recursive: true);
            }
        }
    }

    private string SetupText(string client) =>
        ClientSetups.For("aimetier-mia", new Uri(portal.Address, "/mcp").ToString()).Single(setup => setup.Id == client).Text;

    private static async Task ShouldAnswerAsync(TestKey key, ProcessStartInfo start, string? input = null)
    {
        start.Environment[ClientSetups.Variable] = key.Text;
        var (exitCode, output, errors) = await OutsideProgram.RunAsync(start, input);
        exitCode.ShouldBe(0, errors);
        output.ShouldContain("Practice answer");
    }

    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;

    private Task<string?> WaitingOfAsync(TestKey key) => portal.InScopeAsync(services => services.GetRequiredService<PortalDbContext>()
        .Set<Approval>().IgnoreQueryFilters().Where(row => row.TeammateId == key.TeammateId && row.State == ApprovalState.Waiting).Select(row => row.Id).SingleOrDefaultAsync());
}
