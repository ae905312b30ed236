using AImetier.Portal.Features.ApiTokens;
using AImetier.Portal.Features.Teammates;

namespace AImetier.Portal.Features.OpenAiDoor;

/// <summary>A teammate as a model of OpenAI's API.</summary>
/// <param name="Id"><c>tm_…</c>.</param>
/// <param name="Object"><c>model</c>.</param>
/// <param name="Created">When it was hired, in seconds since 1970.</param>
/// <param name="OwnedBy"><c>aimetier</c>.</param>
/// <param name="Aimetier">The teammate.</param>
internal sealed record ModelJson(string Id, string Object, long Created, [property: System.Text.Json.Serialization.JsonPropertyName("owned_by")] string OwnedBy, TeammateResource Aimetier)
{
    /// <summary>The model of a row.</summary>
    /// <param name="teammate">A teammate that has not been removed.</param>
    public static ModelJson Of(Teammate teammate) => new(teammate.Id, "model", teammate.CreatedAt.ToUnixTimeSeconds(), "aimetier", TeammateResource.Of(teammate));
}
