namespace AImetier.Portal.Features.Developer;

/// <summary>What a developer pastes to have a signature checked.</summary>
/// <param name="Headers">Headers of the request, in whatever form they were printed.</param>
/// <param name="Body">Its body.</param>
/// <param name="Secret">The receiver's secret, or nothing. It is read once and never shown again.</param>
public sealed record SignatureForm(string? Headers, string? Body, string? Secret)
{
    /// <summary>What headers look like.</summary>
    public const string ExampleHeaders = "webhook-id: evt_…\nwebhook-timestamp: 1764090000\nwebhook-signature: v1,…";

    /// <summary>What a body looks like.</summary>
    public const string ExampleBody = """{"type":"ping","timestamp":"…","data":{…}}""";

    /// <summary>Nothing of what was pasted: the most talkative log writes what actions are called with.</summary>
    public override string ToString() => nameof(SignatureForm);
}
