using AImetier.Portal.Data;
using AImetier.Portal.Features.Teammates;
using AImetier.Portal.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AImetier.Portal.Features.Webhooks;

/// <summary>Where a teammate's events are sent. <see cref="DeliveryStore"/> writes how it fares in SQL.</summary>
public sealed class WebhookEndpoint : IWorkspaceOwned
{
    /// <summary>Most endpoints of a teammate.</summary>
    public const int MostPerTeammate = 10;

    /// <summary>Most characters of a note, as a person counts them.</summary>
    public const int LongestNote = 100;

    /// <summary>How long a replaced secret still signs beside the new one.</summary>
    public static readonly TimeSpan BothSecrets = TimeSpan.FromHours(24);

    /// <summary><c>we_…</c>.</summary>
    public required string Id { get; init; }

    /// <inheritdoc/>
    public required string WorkspaceId { get; init; }

    /// <summary>The teammate whose events are sent.</summary>
    public required string TeammateId { get; init; }

    /// <summary>Address of the receiver.</summary>
    public required string Url { get; set; }

    /// <summary>Chosen types of <see cref="WebhookEvents.All"/>, separated by spaces.</summary>
    public required string EventTypes { get; set; }

    /// <summary>What people call it, or null.</summary>
    public string? Note { get; set; }

    /// <summary>The secret that signs, encrypted by <see cref="WebhookSecrets"/>: it must be readable to sign. Null once removed.</summary>
    public string? ProtectedSecret { get; private set; }

    /// <summary>The secret before it, while both sign; or null.</summary>
    public string? PreviousProtectedSecret { get; private set; }

    /// <summary>Until when both sign, or null.</summary>
    public DateTimeOffset? PreviousSecretUntil { get; private set; }

    /// <summary>One-use value of the form that made it: a second submit finds it taken.</summary>
    public required string FormNonce { get; init; }

    /// <summary>One-use value of the form that last replaced the secret, or null.</summary>
    public string? SecretNonce { get; private set; }

    /// <summary>When it was added.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Id of the person who added it.</summary>
    public required string CreatedById { get; init; }

    /// <summary>Name of that person at the time.</summary>
    public required string CreatedByName { get; init; }

    /// <summary>Position of the last event of the teammate that has become a delivery or was passed over. It begins with the last event before it was added.</summary>
    public required long Position { get; set; }

    /// <summary>Since when a person has it paused, or null.</summary>
    public DateTimeOffset? PausedAt { get; private set; }

    /// <summary>Since when the Portal has it switched off, or null.</summary>
    public DateTimeOffset? DisabledAt { get; private set; }

    /// <summary>Why, or null.</summary>
    public DisabledReason? DisabledReason { get; private set; }

    /// <summary>When it was removed, or null. The row stays until its deliveries are forgotten.</summary>
    public DateTimeOffset? RemovedAt { get; private set; }

    /// <summary>When it last took an event, or null.</summary>
    public DateTimeOffset? LastSuccessAt { get; private set; }

    /// <summary>First failed attempt since the last success, or null.</summary>
    public DateTimeOffset? FailingSince { get; private set; }

    /// <summary>Last failed attempt, or null.</summary>
    public DateTimeOffset? LastFailureAt { get; private set; }

    /// <summary>Failed attempts since the last success.</summary>
    public int Failures { get; private set; }

    /// <summary>How long it has been failing, counted from attempt to attempt; see <see cref="FailureRules.LongestGap"/>.</summary>
    public TimeSpan FailingFor { get; private set; }

    /// <summary>When it was found to have failed for so long that people should know, or null.</summary>
    public DateTimeOffset? WarnedAt { get; private set; }

    /// <summary>When admins were last told of it by e-mail, or null.</summary>
    public DateTimeOffset? ToldAt { get; private set; }

    /// <summary>The chosen types.</summary>
    public IReadOnlyList<string> Events => EventTypes.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Host of the address, for lists and the activity log: the rest may be confidential.</summary>
    public string Host => new Uri(Url).Authority;

    /// <summary>Sets the secret of a new endpoint.</summary>
    /// <param name="protectedSecret">Encrypted.</param>
    internal void SetSecret(string protectedSecret) => ProtectedSecret = protectedSecret;

    /// <summary>Puts a new secret in place; the one before signs along for <see cref="BothSecrets"/>.</summary>
    /// <param name="protectedSecret">Encrypted.</param>
    /// <param name="nonce">One-use value of the form.</param>
    /// <param name="at">Now.</param>
    internal void ReplaceSecret(string protectedSecret, string nonce, DateTimeOffset at)
    {
        (PreviousProtectedSecret, PreviousSecretUntil) = (ProtectedSecret, at + BothSecrets);
        (ProtectedSecret, SecretNonce) = (protectedSecret, nonce);
    }

    /// <summary>Lets events wait until <see cref="Resume"/>.</summary>
    /// <param name="at">Now.</param>
    internal void Pause(DateTimeOffset at) => PausedAt ??= at;

    /// <summary>Sends again, whoever had stopped it, and forgets the failures.</summary>
    internal void Resume()
    {
        (PausedAt, DisabledAt, DisabledReason) = (null, null, null);
        ForgetFailures();
    }

    /// <summary>Notes that it took an event.</summary>
    /// <param name="at">When.</param>
    internal void Succeed(DateTimeOffset at)
    {
        LastSuccessAt = LastSuccessAt > at ? LastSuccessAt : at;
        ForgetFailures();
    }

    /// <summary>Notes a failed attempt.</summary>
    /// <param name="at">Now.</param>
    internal void Fail(DateTimeOffset at)
    {
        if (FailingSince is not null && at - LastFailureAt is { } gap && gap > TimeSpan.Zero)
            FailingFor += gap < FailureRules.LongestGap ? gap : FailureRules.LongestGap;
        FailingSince ??= at;
        LastFailureAt = at;
        Failures++;
    }

    /// <summary>Switches it off.</summary>
    /// <param name="reason">Why.</param>
    /// <param name="at">Now.</param>
    internal void Disable(DisabledReason reason, DateTimeOffset at) => (DisabledAt, DisabledReason) = (at, reason);

    /// <summary>Notes that people should know that it fails.</summary>
    /// <param name="at">Now.</param>
    internal void Warn(DateTimeOffset at) => WarnedAt = at;

    /// <summary>Notes that admins are told.</summary>
    /// <param name="at">Now.</param>
    internal void Tell(DateTimeOffset at) => ToldAt = at;

    /// <summary>Ends it for good and forgets its secrets.</summary>
    /// <param name="at">Now.</param>
    internal void Remove(DateTimeOffset at)
    {
        RemovedAt ??= at;
        (ProtectedSecret, PreviousProtectedSecret, PreviousSecretUntil) = (null, null, null);
    }

    private void ForgetFailures() =>
        (FailingSince, LastFailureAt, Failures, FailingFor, WarnedAt) = (null, null, 0, TimeSpan.Zero, null);

    /// <summary>How the row is stored. <see cref="DeliveryStore"/> and <see cref="DeliveryPlan"/> name this table and its columns.</summary>
    internal sealed class Configuration : IEntityTypeConfiguration<WebhookEndpoint>
    {
        public void Configure(EntityTypeBuilder<WebhookEndpoint> builder)
        {
            builder.ToTable("WebhookEndpoints");
            builder.Property(endpoint => endpoint.Url).HasMaxLength(PublicAddressReader.LongestAddress);
            builder.Property(endpoint => endpoint.Note).HasMaxLength(LongestNote * 16);
            builder.Property(endpoint => endpoint.FailingFor).HasConversion<long>();
            builder.HasIndex(endpoint => endpoint.FormNonce).IsUnique();
            builder.HasIndex(endpoint => new { endpoint.TeammateId, endpoint.CreatedAt, endpoint.Id });
            builder.HasOne<Teammate>().WithMany().HasForeignKey(endpoint => endpoint.TeammateId).OnDelete(DeleteBehavior.Restrict);
        }
    }
}
