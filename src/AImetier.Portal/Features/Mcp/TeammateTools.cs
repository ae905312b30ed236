using AImetier.Portal.Features.Approvals;
using AImetier.Portal.Features.Conversations;
using AImetier.Portal.Features.Shared;
using Microsoft.Extensions.AI;
using ModelContextProtocol.Server;

namespace AImetier.Portal.Features.Mcp;

/// <summary>The tools of the door, made once. Each call makes the object that answers it, in the scope of its request.</summary>
internal static class TeammateTools
{
    private static readonly AIJsonSchemaCreateOptions NothingElse = new() { TransformOptions = new AIJsonSchemaTransformOptions { DisallowAdditionalProperties = true } };

    /// <summary>All tools.</summary>
    public static IReadOnlyList<McpServerTool> All { get; } =
    [
        Make<AskTool, AskToolAnswer>(nameof(AskTool.AskAsync)),
        Make<ConversationTools, ListAnswer<ConversationJson>>(nameof(ConversationTools.ListAsync)),
        Make<ConversationTools, ConversationToolAnswer>(nameof(ConversationTools.GetAsync)),
        Make<ApprovalTools, ListAnswer<ApprovalJson>>(nameof(ApprovalTools.ListAsync)),
        Make<ApprovalTools, ApprovalJson>(nameof(ApprovalTools.GetAsync)),
    ];

    // Name, title, description and hints stand at the methods; the schemas come from parameters and answers. Answers may grow, arguments may not be made up.
    private static McpServerTool Make<TTool, TAnswer>(string method) => McpServerTool.Create(
        typeof(TTool).GetMethod(method)!,
        call => ActivatorUtilities.CreateInstance<TTool>(call.Services!)!,
        new McpServerToolCreateOptions
        {
            SerializerOptions = ToolAnswer.Json,
            SchemaCreateOptions = NothingElse,
            OutputSchema = AIJsonUtilities.CreateJsonSchema(typeof(TAnswer), serializerOptions: ToolAnswer.Json),
        });
}
