namespace AImetier.Portal.Features.Shared;

/// <summary>What an endpoint says about itself for the API's description, beside its types.</summary>
public static class ApiReference
{
    /// <summary>Says which problems an endpoint, or all of a group, may answer with.</summary>
    /// <param name="endpoints">The endpoint or the group.</param>
    /// <param name="codes">Keys of <see cref="ApiProblem.All"/>.</param>
    public static TBuilder WithProblems<TBuilder>(this TBuilder endpoints, params string[] codes)
        where TBuilder : IEndpointConventionBuilder =>
        endpoints.WithMetadata(new ProblemCodes(codes));

    /// <summary>Says what JSON an endpoint takes, for the description alone: the framework's <c>Accepts</c> would have routing refuse other types, before the key is asked for.</summary>
    /// <param name="endpoint">The endpoint.</param>
    public static RouteHandlerBuilder TakesJson<T>(this RouteHandlerBuilder endpoint) => endpoint.WithMetadata(new JsonRequest(typeof(T)));

    /// <summary>Says which types of body an endpoint takes that gives them no shape, for the description alone.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="contentTypes">Content types.</param>
    public static RouteHandlerBuilder TakesAnyOf(this RouteHandlerBuilder endpoint, params string[] contentTypes) => endpoint.WithMetadata(new BodyTypes(contentTypes));

    /// <summary>Says that an endpoint answers with a part of a list.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="alsoAs">A further content type of the answer.</param>
    public static RouteHandlerBuilder ProducesList<T>(this RouteHandlerBuilder endpoint, params string[] alsoAs) =>
        endpoint.Produces<ListAnswer<T>>(StatusCodes.Status200OK, AcceptHeader.Json, alsoAs).WithProblems("validation_failed");
}
