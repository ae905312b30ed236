using System.Text;
using AImetier.Portal.Data;
using AImetier.Portal.Security;
using Microsoft.EntityFrameworkCore;

namespace AImetier.Portal.Features.Webhooks;

/// <summary>
/// Finds out why a receiver refuses a signature. It knows what was sent, so it can say which of body, secret and time is another; a receiver cannot.
/// </summary>
/// <param name="db">The database.</param>
/// <param name="secrets">Decrypts the endpoint's secrets.</param>
/// <param name="time">The clock.</param>
public sealed class SignatureInspector(PortalDbContext db, WebhookSecrets secrets, TimeProvider time)
{
    /// <summary>Looks at what a receiver got from an endpoint of this workspace.</summary>
    /// <param name="webhookId">Id from outside.</param>
    /// <param name="pasted">What it got.</param>
    /// <param name="cancellationToken">Stops the reads.</param>
    public async Task<SignatureFinding> InspectAsync(string webhookId, PastedDelivery pasted, CancellationToken cancellationToken)
    {
        if (await db.Set<WebhookEndpoint>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == webhookId && row.RemovedAt == null, cancellationToken) is not { } endpoint)
            return new SignatureFinding.NotFound();

        var own = secrets.Read(endpoint);
        var got = pasted with { Body = pasted.Body.Trim() };
        return Check(got.Secret is null ? own : [got.Secret], got) switch
        {
            SignatureCheck.Good => new SignatureFinding.Good(null),
            SignatureCheck.TimestampStale(var age) => new SignatureFinding.Good(age),
            SignatureCheck.IdMissing => new SignatureFinding.HeaderMissing(WebhookSignature.IdHeader),
            SignatureCheck.TimestampMissing => new SignatureFinding.HeaderMissing(WebhookSignature.TimestampHeader),
            SignatureCheck.SignatureMissing => new SignatureFinding.HeaderMissing(WebhookSignature.SignatureHeader),
            SignatureCheck.TimestampUnreadable => new SignatureFinding.HeaderUnreadable(WebhookSignature.TimestampHeader),
            SignatureCheck.OtherVersion or SignatureCheck.SignatureUnreadable => new SignatureFinding.HeaderUnreadable(WebhookSignature.SignatureHeader),
            _ when got.Secret is not null && Fits(Check(own, got)) => new SignatureFinding.Wrong(Secret: true, Timestamp: false, Body: null),
            _ => await CompareAsync(endpoint, own, got, cancellationToken),
        };
    }

    private async Task<SignatureFinding> CompareAsync(
        WebhookEndpoint endpoint, IReadOnlyList<WebhookSecret> own, PastedDelivery got, CancellationToken cancellationToken)
    {
        if (await db.Set<WebhookDelivery>().AsNoTracking().FirstOrDefaultAsync(row => row.EndpointId == endpoint.Id && row.EventId == got.Id, cancellationToken) is not { } sent)
            return new SignatureFinding.UnknownId();

        var attempts = await db.Set<WebhookAttempt>().AsNoTracking().Where(row => row.DeliveryId == sent.Id).ToListAsync(cancellationToken);
        var given = got.Signature!.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (attempts.Find(attempt => attempt.Signature.Split(' ').Intersect(given, StringComparer.Ordinal).Any()) is not { } attempt)
            return new SignatureFinding.UnknownSignature();

        var right = got with { Timestamp = attempt.Timestamp, Body = sent.Body };
        return new SignatureFinding.Wrong(
            !Fits(Check(got.Secret is null ? own : [got.Secret], right)),
            !string.Equals(attempt.Timestamp, got.Timestamp, StringComparison.Ordinal),
            BodyDifference.Of(sent.Body, got.Body));
    }

    private SignatureCheck Check(IReadOnlyList<WebhookSecret> with, PastedDelivery got) =>
        WebhookSignature.Verify(with, got.Id, got.Timestamp, got.Signature, Encoding.UTF8.GetBytes(got.Body), time.GetUtcNow());

    private static bool Fits(SignatureCheck check) => check is SignatureCheck.Good or SignatureCheck.TimestampStale;
}
