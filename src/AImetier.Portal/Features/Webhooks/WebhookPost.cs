using System.Text;
using AImetier.Portal.Security;

namespace AImetier.Portal.Features.Webhooks;

/// <summary>Signs and posts a delivery once.</summary>
/// <param name="clients">Makes the client that goes out through the guard.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">The log.</param>
/// <remarks>Standard Webhooks 1.0. The guard bounds time and answer, see <see cref="PublicAddressHandler"/>.</remarks>
public sealed partial class WebhookPost(IHttpClientFactory clients, TimeProvider time, ILogger<WebhookPost> logger)
{
    private const int LongestType = 200;

    /// <summary>Posts. It never throws for what the other side does.</summary>
    /// <param name="delivery">A claimed delivery.</param>
    /// <param name="cancellationToken">Gives up; nobody then knows whether the receiver took it.</param>
    public async Task<AttemptResult> SendAsync(ClaimedDelivery delivery, CancellationToken cancellationToken)
    {
        var (at, began) = (time.GetUtcNow(), time.GetTimestamp());
        if (delivery.Secrets.Count == 0)
            return new AttemptResult(at, 0, delivery.Url, "", "", AttemptFailure.SecretLost);

        var body = Encoding.UTF8.GetBytes(delivery.Body);
        var timestamp = WebhookSignature.TimestampOf(at);
        var signature = WebhookSignature.Sign(delivery.Secrets, delivery.EventId, timestamp, body);
        try
        {
            using var request = Compose(delivery, body, timestamp, signature);
            using var client = clients.CreateClient(PublicAddressHandler.ClientName);
            using var answer = await client.SendAsync(request, cancellationToken);
            var kept = await KeepAsync(answer.Content, cancellationToken);
            var status = (int)answer.StatusCode;
            var wait = answer.Headers.TryGetValues("Retry-After", out var values) ? RetryAfter.Read(values.First(), time.GetUtcNow()) : null;
            return Result(answer.IsSuccessStatusCode ? null : AttemptFailure.Status) with { Status = status, RetryAfter = wait, Answer = kept };
        }
        catch (Exception e)
        {
            if (e is not (HttpRequestException or TimeoutException or OperationCanceledException))
                LogBroke(e, delivery.Id);
            return Result(FailureOf(e));
        }

        AttemptResult Result(AttemptFailure? failure) =>
            new(at, (int)Math.Min(time.GetElapsedTime(began).TotalMilliseconds, int.MaxValue), delivery.Url, timestamp, signature, failure);
    }

    private static HttpRequestMessage Compose(ClaimedDelivery delivery, byte[] body, string timestamp, string signature)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, delivery.Url) { Content = new ByteArrayContent(body) };
        foreach (var (name, value) in WebhookRequest.HeadersOf(delivery.EventId, timestamp, signature))
        {
            if (!request.Headers.TryAddWithoutValidation(name, value))
                request.Content.Headers.TryAddWithoutValidation(name, value);
        }

        return request;
    }

    private static async Task<KeptAnswer> KeepAsync(HttpContent content, CancellationToken cancellationToken)
    {
        var bytes = await content.ReadAsByteArrayAsync(cancellationToken);
        var type = content.Headers.TryGetValues("Content-Type", out var types) ? types.First() : null;

        // U+0000 is text to SQLite alone.
        return new KeptAnswer(
            type is { Length: > LongestType } ? type[..LongestType] : type,
            Encoding.UTF8.GetString(bytes).Replace('\0', '\uFFFD'),
            bytes.Length >= PublicAddressHandler.LargestAnswer);
    }

    private static AttemptFailure FailureOf(Exception failure) => failure switch
    {
        PublicAddressRefusedException { Why: PublicAddressCheck.NameNotFound } => AttemptFailure.UnknownHost,
        PublicAddressRefusedException => AttemptFailure.Refused,
        TimeoutException => AttemptFailure.Timeout,
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => AttemptFailure.Tls,
        HttpRequestException { HttpRequestError: HttpRequestError.InvalidResponse or HttpRequestError.ConfigurationLimitExceeded } => AttemptFailure.BadAnswer,
        _ => AttemptFailure.Connection,
    };

    [LoggerMessage(EventName = "webhook.broke", Level = LogLevel.Error, Message = "The attempt of {DeliveryId} broke")]
    private partial void LogBroke(Exception failure, string deliveryId);
}
