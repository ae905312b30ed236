using System.ComponentModel.DataAnnotations;

namespace AImetier.Portal.Features.ChatModels;

/// <summary>Section <c>Model</c>: the live model. Without <see cref="Endpoint"/> and <see cref="Name"/> the practice model answers.</summary>
public sealed class ModelOptions : IValidatableObject
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Model";

    private const int LongestName = 100;

    /// <summary>Base address of an OpenAI-compatible server, as in <c>https://api.openai.com/v1</c>.</summary>
    public string? Endpoint { get; set; }

    /// <summary>The server's key; none for a server that asks for none.</summary>
    public string? ApiKey { get; set; }

    /// <summary>The model's name at that server.</summary>
    public string? Name { get; set; }

    /// <summary>Whether questions, and the key, may go to another machine over plain http.</summary>
    public bool AllowPlainHttp { get; set; }

    /// <summary>Whether a live model is configured.</summary>
    public bool IsLive => !string.IsNullOrWhiteSpace(Endpoint);

    /// <summary>The key as it is sent, or an empty text.</summary>
    internal string TrimmedKey => ApiKey?.Trim() ?? "";

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        var (hasName, hasKey) = (!string.IsNullOrWhiteSpace(Name), TrimmedKey.Length > 0);
        if (!IsLive && (hasName || hasKey))
            yield return new ValidationResult("is needed for a live model: the address of an OpenAI-compatible server", [nameof(Endpoint)]);
        if (!hasName && (IsLive || hasKey))
            yield return new ValidationResult("is needed for a live model: its name at the server", [nameof(Name)]);
        if (IsLive && ProblemOf(Endpoint!.Trim(), AllowPlainHttp) is { } problem)
            yield return new ValidationResult(problem, [nameof(Endpoint)]);
        if (hasName && (Name!.Length > LongestName || Name.Any(char.IsControl)))
            yield return new ValidationResult($"must be at most {LongestName} characters on one line", [nameof(Name)]);
        if (!TrimmedKey.All(character => character is >= '!' and <= '~'))
            yield return new ValidationResult("holds a character that no key has, such as a space", [nameof(ApiKey)]);
    }

    // The address is not repeated: it may hold a password.
    private static string? ProblemOf(string endpoint, bool allowPlainHttp)
    {
        if (!Uri.TryCreate(endpoint, UriKind.Absolute, out var address) || address.Scheme is not ("https" or "http") || address.Host.Length == 0)
            return "must be an absolute address such as https://api.openai.com/v1";
        if (address.UserInfo.Length > 0 || address.Query.Length > 0 || address.Fragment.Length > 0)
            return "must be an address without user, query and fragment (the key belongs into Model:ApiKey)";
        return address.Scheme == "https" || address.IsLoopback || allowPlainHttp
            ? null
            : "is plain http to another machine, where others can read along: use https, or set Model:AllowPlainHttp=true if the network is yours alone";
    }
}
