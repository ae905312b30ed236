using System.Net.Http.Headers;
using Microsoft.Extensions.Options;

namespace AImetier.Portal.Features.ChatModels;

/// <summary>
/// Stands between the model's client and the network: refuses every answer that is not a success before its body is read, because error pages may be
/// long and repeat the key, and gives the body of a success bounds.
/// </summary>
/// <param name="options">Says whether there is a key.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">The log.</param>
internal sealed partial class ModelConnection(IOptions<ModelOptions> options, TimeProvider time, ILogger<ModelConnection> logger) : DelegatingHandler
{
    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (options.Value.TrimmedKey.Length == 0)
            request.Headers.Authorization = null;
        var response = await AnswerAsync(request, cancellationToken);
        if (!response.IsSuccessStatusCode)
        {
            using (response)
            {
                LogRefused((int)response.StatusCode);
                throw new ModelFailedException(ModelFailureKind.Failed, new HttpRequestException(null, null, response.StatusCode));
            }
        }

        var content = new StreamContent(new ModelStream(await response.Content.ReadAsStreamAsync(cancellationToken), time));
        content.Headers.ContentType = response.Content.Headers.ContentType ?? new MediaTypeHeaderValue("text/event-stream");
        response.Content = content;
        return response;
    }

    private async Task<HttpResponseMessage> AnswerAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var silence = new CancellationTokenSource(ModelLimits.Silence, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(silence.Token, cancellationToken);
        try
        {
            return await base.SendAsync(request, either.Token);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ModelFailedException(ModelFailureKind.Timeout, e);
        }
    }

    [LoggerMessage(EventName = "model.refused", Level = LogLevel.Warning, Message = "The model's server answered {Status}")]
    private partial void LogRefused(int status);
}
