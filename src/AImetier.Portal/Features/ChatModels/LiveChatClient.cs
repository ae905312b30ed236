using System.ClientModel;
using System.ClientModel.Primitives;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;
using OpenAI;
using OpenAI.Chat;
using ChatMessage = Microsoft.Extensions.AI.ChatMessage;

namespace AImetier.Portal.Features.ChatModels;

/// <summary>
/// A live model: any server that speaks OpenAI's chat completions. Every failure is a <see cref="ModelFailedException"/>; an answer that breaks off is one too,
/// so that half an answer never looks whole.
/// </summary>
internal sealed class LiveChatClient : IChatClient
{
    /// <summary>Name of its HTTP client.</summary>
    public const string HttpName = "model";

    // The library takes no empty key; ModelConnection removes this one.
    private const string NoKey = "none";
    private readonly IChatClient _client;

    /// <summary>Makes the client; the first question opens the first connection.</summary>
    /// <param name="http">Makes the HTTP client.</param>
    /// <param name="options">Where the model is.</param>
    public LiveChatClient(IHttpClientFactory http, IOptions<ModelOptions> options)
    {
        var model = options.Value;
        var client = new ChatClient(
            model.Name!.Trim(),
            new ApiKeyCredential(model.TrimmedKey.Length > 0 ? model.TrimmedKey : NoKey),
            new OpenAIClientOptions
            {
                Endpoint = new Uri(model.Endpoint!.Trim()),
                Transport = new HttpClientPipelineTransport(http.CreateClient(HttpName)),

                // Whoever asked decides about another try: it may cost money, and a server that is busy is not helped by more of the same.
                RetryPolicy = new ClientRetryPolicy(0),
                NetworkTimeout = Timeout.InfiniteTimeSpan,
                ClientLoggingOptions = new ClientLoggingOptions { EnableLogging = false },
                EnableDistributedTracing = false,
            });
        _client = client.AsIChatClient();
    }

    /// <inheritdoc/>
    public async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        await GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    /// <inheritdoc/>
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        // Who answers is in the instructions already; servers refuse fields that they do not know.
        var told = options?.Clone();
        if (told is not null)
            told.AdditionalProperties = null;
        var whole = false;
        await using var updates = _client.GetStreamingResponseAsync(messages, told, cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (await NextAsync(updates, cancellationToken))
        {
            var update = updates.Current;
            whole |= update.FinishReason is not null;
            if (update.Contents.Count == 0)
                continue;

            // The library's own objects are many times larger than what they say, and everything said is kept until the answer ends.
            update.RawRepresentation = null;
            foreach (var content in update.Contents)
                content.RawRepresentation = null;
            yield return update;
        }

        if (!whole)
            throw new ModelFailedException(ModelFailureKind.Failed, new EndOfStreamException());
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is null && serviceType.IsInstanceOfType(this) ? this : _client.GetService(serviceType, serviceKey);

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private static async ValueTask<bool> NextAsync(IAsyncEnumerator<ChatResponseUpdate> updates, CancellationToken cancellationToken)
    {
        try
        {
            return await updates.MoveNextAsync();
        }
        catch (Exception e)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (var cause = e; cause is not null; cause = cause.InnerException)
            {
                if (cause is ModelFailedException failed)
                    throw new ModelFailedException(failed.Kind, failed.InnerException);
            }

            throw new ModelFailedException(e is OperationCanceledException or TimeoutException ? ModelFailureKind.Timeout : ModelFailureKind.Failed, e);
        }
    }
}
