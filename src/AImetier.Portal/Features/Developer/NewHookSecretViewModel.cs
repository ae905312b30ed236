using AImetier.Portal.Security;

namespace AImetier.Portal.Features.Developer;

/// <summary>The amber block of a secret just made. It is rendered once, into the answer of the POST.</summary>
/// <param name="Secret">The secret.</param>
/// <param name="Name">Name of the hook.</param>
/// <param name="PageAddress">Where "Done, hide the secret" leads.</param>
public sealed record NewHookSecretViewModel(WebhookSecret Secret, string Name, string PageAddress);
