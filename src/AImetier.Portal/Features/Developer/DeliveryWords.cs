using System.Globalization;
using AImetier.Portal.Features.Shared;
using AImetier.Portal.Features.Webhooks;
using Microsoft.Extensions.Localization;

namespace AImetier.Portal.Features.Developer;

/// <summary>Puts deliveries and what was found about signatures into words.</summary>
public static class DeliveryWords
{
    /// <summary>How far a delivery is.</summary>
    /// <param name="text">Resources of webhooks.</param>
    /// <param name="delivery">The delivery.</param>
    public static string State(this IStringLocalizer<WebhookText> text, DeliverySummary delivery) => delivery switch
    {
        { IsSending: true } => text["Delivery.Sending"].Value,
        { State: DeliveryState.Pending, Attempts: > 0 } => text["Delivery.Retrying"].Value,
        _ => text[$"Delivery.{delivery.State}"].Value,
    };

    /// <summary>Class of the badge that says so.</summary>
    /// <param name="delivery">The delivery.</param>
    public static string Badge(DeliverySummary delivery) => delivery switch
    {
        { State: DeliveryState.Delivered } => "active",
        { State: DeliveryState.Failed } => "failed",
        { State: DeliveryState.Pending, Attempts: 0 } => "waiting",
        _ => "paused",
    };

    /// <summary>Class of the badge of an endpoint's state.</summary>
    /// <param name="state">The state.</param>
    public static string Badge(WebhookState state) => state switch
    {
        WebhookState.Active => "active",
        WebhookState.Disabled or WebhookState.SecretLost => "failed",
        _ => "paused",
    };

    /// <summary>What came back, in few words: "200", "No answer"; or null before the first attempt.</summary>
    /// <param name="text">Resources of webhooks.</param>
    /// <param name="status">Status of the answer, or null.</param>
    /// <param name="failure">Why the attempt did not succeed, or null.</param>
    public static string? Answer(this IStringLocalizer<WebhookText> text, int? status, AttemptFailure? failure) =>
        status?.ToString(CultureInfo.InvariantCulture) ?? (failure is null ? null : text[$"Short.{failure}"].Value);

    /// <summary>What a failed attempt means and what to do about it.</summary>
    /// <param name="text">Resources of webhooks.</param>
    /// <param name="status">Status of the answer, or null.</param>
    /// <param name="failure">Why it did not succeed.</param>
    public static string Advice(this IStringLocalizer<WebhookText> text, int? status, AttemptFailure failure) =>
        failure is AttemptFailure.Status && status is { } code ? text[$"Status.{Kind(code)}", code].Value : text[$"Failure.{failure}"].Value;

    /// <summary>How long something took.</summary>
    /// <param name="text">Resources of webhooks.</param>
    /// <param name="milliseconds">Milliseconds.</param>
    public static string Duration(this IStringLocalizer<WebhookText> text, int milliseconds) => milliseconds < 1000
        ? text["Duration.Milliseconds", milliseconds].Value
        : text["Duration.Seconds", (milliseconds / 1000.0).ToString("0.0", PageLanguage.Culture)].Value;

    /// <summary>How far a message is from now: "7 minutes".</summary>
    /// <param name="text">Resources of webhooks.</param>
    /// <param name="age">In either direction.</param>
    public static string Distance(this IStringLocalizer<WebhookText> text, TimeSpan age) => age.Duration() switch
    {
        { TotalHours: < 1 } near => text.Plural("Distance.Minutes", (long)near.TotalMinutes),
        { TotalDays: < 1 } far => text.Plural("Distance.Hours", (long)far.TotalHours),
        var farther => text.Plural("Distance.Days", (long)farther.TotalDays),
    };

    private static string Kind(int status) => status switch
    {
        >= 300 and < 400 => "Redirect",
        400 => "BadRequest",
        401 or 403 => "NotAllowed",
        404 => "NotFound",
        405 => "Method",
        410 => "Gone",
        429 => "TooMany",
        >= 500 => "Broken",
        _ => "Other",
    };
}
