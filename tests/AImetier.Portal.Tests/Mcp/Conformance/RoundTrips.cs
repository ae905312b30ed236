#pragma warning disable MCP9005 // The suite asks for what revision 2026-07-28 deprecates.
using System.Text.Json;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace AImetier.Portal.Tests.Mcp.Conformance;

/// <summary>Tools and a prompt that want something from the client before they answer, and are called again with it.</summary>
/// <remarks>SEP-2322, multi round-trip requests.</remarks>
internal static class RoundTrips
{
    private const string State = "round-1";

    private static readonly InputRequest AskName = Ask("What is your name?", ("name", new ElicitRequestParams.StringSchema()));
    private static readonly InputRequest AskOk = Ask("Please confirm", ("ok", new ElicitRequestParams.BooleanSchema()));
    private static readonly InputRequest AskRoots = InputRequest.ForRootsList(new ListRootsRequestParams());

    public static IEnumerable<McpServerTool> Tools { get; } =
    [
        Tool("elicitation", call => Answer(call, "user_name", "name") is { } name ? $"Hello, {name}!" : throw Wants("user_name", AskName)),
        Tool("sampling", call => Has(call, "capital_question") ? "The model answered." : throw Wants("capital_question", Sample("What is the capital of France?"))),
        Tool("list_roots", call => Has(call, "client_roots") ? "The client has roots." : throw Wants("client_roots", AskRoots)),
        Tool("request_state", call => Has(call, "confirm") && call.RequestState == State ? "state-ok" : throw Wants("confirm", AskOk, State)),
        Tool("multiple_inputs", call => call.InputResponses is { Count: >= 3 } ? "All three came." : throw new InputRequiredException(
            new Dictionary<string, InputRequest>(StringComparer.Ordinal) { ["user_name"] = AskName, ["greeting"] = Sample("Generate a greeting"), ["client_roots"] = AskRoots }, State)),
        Tool("multi_round", call => call.RequestState switch
        {
            null => throw Wants("step1", AskName, State),
            State => throw Wants("step2", Ask("What is your favorite color?", ("color", new ElicitRequestParams.StringSchema())), "round-2"),
            _ => "All rounds are over.",
        }),
        Tool("tampered_state", call => call.RequestState is not { } state ? throw Wants("confirm", AskOk, State)
            : state == State ? "The state is as it was." : throw new McpProtocolException("The state is not as it was.", McpErrorCode.InvalidParams)),
        McpServerTool.Create(Capable, new() { Name = "test_input_required_result_capabilities", Description = "Asks for what the client can do." }),
    ];

    public static McpServerPrompt Prompt() => McpServerPrompt.Create(
        (RequestContext<GetPromptRequestParams> get) => get.Params?.InputResponses?.ContainsKey("user_context") == true
            ? Samples.Says(Samples.Text("With the context."))
            : throw Wants("user_context", Ask("What context should the prompt use?", ("context", new ElicitRequestParams.StringSchema()))),
        new() { Name = "test_input_required_result_prompt", Description = "Wants a context." });

    private static McpServerTool Tool(string name, Func<CallToolRequestParams, string> answer) => McpServerTool.Create(
        (RequestContext<CallToolRequestParams> call) => answer(call.Params!), new() { Name = "test_input_required_result_" + name, Description = "Wants something first." });

    private static string Capable(RequestContext<CallToolRequestParams> call)
    {
        var client = call.Server.ClientCapabilities;
        var wanted = new Dictionary<string, InputRequest>(StringComparer.Ordinal);
        if (client?.Sampling is not null)
            wanted["capital_question"] = Sample("What is the capital of France?");
        if (client?.Elicitation is not null)
            wanted["user_name"] = AskName;
        return wanted.Count == 0 || call.Params?.InputResponses is { Count: > 0 } ? "Nothing more is wanted." : throw new InputRequiredException(wanted);
    }

    private static bool Has(CallToolRequestParams call, string key) => call.InputResponses?.ContainsKey(key) == true;

    private static string? Answer(CallToolRequestParams call, string key, string field)
    {
        if (call.InputResponses?.TryGetValue(key, out var response) != true)
            return null;
        try
        {
            return response!.Deserialize(InputResponse.ElicitResultJsonTypeInfo)?.Content?.TryGetValue(field, out var value) == true ? value.GetString() : null;
        }
        catch (JsonException e)
        {
            throw new McpProtocolException($"The response '{key}' is none.", e, McpErrorCode.InvalidParams);
        }
    }

    private static InputRequiredException Wants(string key, InputRequest request, string? state = null) =>
        new(new Dictionary<string, InputRequest>(StringComparer.Ordinal) { [key] = request }, state);

    private static InputRequest Ask(string message, (string Name, ElicitRequestParams.PrimitiveSchemaDefinition Field) field) =>
        InputRequest.ForElicitation(new ElicitRequestParams { Message = message, RequestedSchema = Forms.Of(field) });

    private static InputRequest Sample(string question) => InputRequest.ForSampling(
        new CreateMessageRequestParams { Messages = [new SamplingMessage { Role = Role.User, Content = [Samples.Text(question)] }], MaxTokens = 100 });
}
