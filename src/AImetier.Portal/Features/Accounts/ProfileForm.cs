namespace AImetier.Portal.Features.Accounts;

/// <summary>What is typed on the profile page.</summary>
public sealed class ProfileForm
{
    /// <summary>Name shown to colleagues.</summary>
    public string? DisplayName { get; set; }

    /// <summary><c>en</c>, <c>fr</c>, or empty for the browser's own.</summary>
    public string? Language { get; set; }

    /// <summary>Whether to be told by e-mail that something waits for an OK; null where it was not asked.</summary>
    public bool? EmailWhenWaiting { get; set; }
}
