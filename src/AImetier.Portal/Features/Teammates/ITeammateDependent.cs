using AImetier.Portal.Features.Activity;

namespace AImetier.Portal.Features.Teammates;

/// <summary>Something that ends with a teammate: its keys, what waits for an OK, its webhooks. Higher features implement it.</summary>
public interface ITeammateDependent
{
    /// <summary>What would end, for the confirmation.</summary>
    /// <param name="teammateId">A teammate of the current workspace.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    /// <returns>Kind (a key of the Teammates resources, for example <c>keys</c>) and how many.</returns>
    Task<(string Kind, int Count)> CountAsync(string teammateId, CancellationToken cancellationToken);

    /// <summary>Ends it, inside the removing transaction and on the same context; the caller saves and commits.</summary>
    /// <param name="teammateId">A teammate of the current workspace.</param>
    /// <param name="actor">Who removes the teammate.</param>
    /// <param name="cancellationToken">Stops the work; nothing is then kept.</param>
    Task EndAsync(string teammateId, Actor actor, CancellationToken cancellationToken);
}
