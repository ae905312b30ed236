using System.Text.Json;
using System.Text.Json.Nodes;
using AImetier.Portal.Features.ApiTokens;
using AImetier.Portal.Features.Approvals;
using AImetier.Portal.Features.Conversations;
using AImetier.Portal.Features.Events;
using AImetier.Portal.Features.IncomingHooks;
using AImetier.Portal.Features.Shared;
using AImetier.Portal.Features.Webhooks;

namespace AImetier.Portal.Features.Reference;

/// <summary>Examples of bodies, made of the types that the code sends.</summary>
public static class ReferenceExamples
{
    private const string TeammateId = "tm_8f3k2m9q4r7s1t6v5w0x";
    private const string ConversationId = "cv_2b7d4f9h1k3m5p8r0t6w";
    private const string ApprovalId = "apr_5g8j1l4n7q0s3u6x9z2c";
    private const string TokenId = "7Qx2mN4kLp9RsT3v";
    private const string WebhookId = "we_4t7w0z3c6f9i2l5o8r1u";
    private const string Cursor = "MXw2MzkxMzUzMjMwOTAwMDAwMDB8eA";
    private const string Text = "E-mail anna@example.com about Friday: We are closed on Friday.";
    private const string MessageId = "msg_9x4z1c6v3b8n5m2k7j0h";

    private static readonly DateTime At = new(2026, 5, 3, 14, 5, 9, DateTimeKind.Utc);
    private static readonly Dictionary<string, string> Metadata = new(StringComparer.Ordinal) { ["order"] = "1042" };

    private static readonly TeammateResource Mia = new(TeammateId, "Mia", "Marketing", "active");
    private static readonly RequesterJson Key = new("key", "Booking form", TokenId);
    private static readonly ConversationJson Conversation = new(ConversationId, Text, "api", At, At);
    private static readonly MessageJson Question = new("msg_1q8w5e2r9t6y3u0i7o4p", ConversationId, "user", "completed", Text, At, null, Key, [], Metadata);
    private static readonly MessageJson Reply = new(MessageId, ConversationId, "teammate", "completed", "The e-mail to anna@example.com is prepared. It waits for an OK.", At, "practice", Key, [ApprovalId], Metadata);
    private static readonly ApprovalJson Waiting = new(
        ApprovalId, "email", ApprovalJson.NameOf(ApprovalState.Waiting), "E-mail to anna@example.com: Friday", new("anna@example.com", "Friday", "We are closed on Friday."), Edited: false, Key, At,
        At.AddDays(7), DecidedAt: null, DecidedBy: null, DeclineReason: null, SentAt: null, BlockedBy: null, ConversationId, MessageId, Metadata);

    private static readonly WebhookJson Webhook = new(
        WebhookId, "https://shop.example.com/hooks/portal", ["message.completed", "approval.sent"], "The web shop", WebhookJson.NameOf(WebhookState.Active), DisabledReason: null, At, At, FailingSince: null);

    private static readonly DeliveryJson Delivery = new(
        "dl_1m4p7s0v3y6b9e2h5k8n", WebhookId, "evt_6p3s0v7y4b1e8h5k2n9q", "message.completed", DeliveryJson.NameOf(DeliveryState.Pending), At, 1, At, 500, DeliveryJson.NameOf(AttemptFailure.Status), 240, At.AddSeconds(5));

    private static readonly object[] Answers =
    [
        Mia,
        new MeEndpoints.Me(Mia, new(TokenId, "Booking form", new DateTimeOffset(At)), new("ws_3e6h9k2n5q8t1w4z7c0f", "The Bakery"), AskBeforeSending: true, "practice", new(60, 120)),
        Conversation,
        new ListAnswer<ConversationJson>([Conversation], Cursor),
        Reply,
        new ListAnswer<MessageJson>([Reply, Question], Cursor),
        Waiting,
        new ListAnswer<ApprovalJson>([Waiting], Cursor),
        new AskAnswerJson(ConversationId, Question, Reply, [Waiting]),
        new HookAnswerJson(ConversationId, MessageId),
        new ListAnswer<ListedEventJson>([new("evt_6p3s0v7y4b1e8h5k2n9q", "token.created", At, new JsonObject { ["teammateId"] = TeammateId, ["tokenId"] = TokenId })], NextCursor: null),
        new ListAnswer<WebhookJson>([Webhook], NextCursor: null),
        new ListAnswer<DeliveryJson>([Delivery], Cursor),
    ];

    /// <summary>A question.</summary>
    internal static JsonNode? Ask() => Node(new AskBody.Good(Text, ConversationId, Metadata));

    /// <summary>An example of what an operation answers with.</summary>
    /// <param name="type">Type of the answer.</param>
    /// <returns>The example, or null for an answer without a body.</returns>
    internal static JsonNode? Answer(Type? type) => Answers.FirstOrDefault(answer => answer.GetType() == type) is { } found
        ? JsonSerializer.SerializeToNode(found, found.GetType(), JsonSerializerOptions.Web)
        : null;

    /// <summary>An event about a reply.</summary>
    /// <param name="type">Its type.</param>
    /// <param name="status">How the reply ended.</param>
    internal static JsonNode? Message(string type, MessageStatus status) =>
        Event(type, new MessageEvent(TeammateId, ConversationId, MessageId, MessageJson.NameOf(status), Metadata));

    /// <summary>An event about an approval.</summary>
    /// <param name="type">Its type.</param>
    /// <param name="state">The approval's state.</param>
    internal static JsonNode? Approval(string type, ApprovalState state) =>
        Event(type, new ApprovalEvent(TeammateId, ConversationId, MessageId, ApprovalId, ApprovalJson.NameOf(state), Metadata));

    /// <summary>An event about a key.</summary>
    /// <param name="type">Its type.</param>
    internal static JsonNode? Token(string type) => Event(type, new TokenEvent(TeammateId, TokenId));

    /// <summary>A test event.</summary>
    internal static JsonNode? Ping() => Event(WebhookEvents.Ping, new PingEvent(TeammateId, WebhookId));

    private static JsonNode? Event<T>(string type, T data) => Node(new EventJson<T>(type, At, data));

    private static JsonNode? Node<T>(T value) => JsonSerializer.SerializeToNode(value, JsonSerializerOptions.Web);
}
