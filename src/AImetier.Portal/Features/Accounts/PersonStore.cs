using AImetier.Portal.Data;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace AImetier.Portal.Features.Accounts;

/// <summary>Identity's store of people. It looks across workspaces on purpose: whoever signs in has no workspace yet, and an e-mail belongs to one person.</summary>
/// <param name="db">The database.</param>
public sealed class PersonStore(PortalDbContext db) : UserOnlyStore<Person, PortalDbContext>(db)
{
    /// <inheritdoc/>
    public override IQueryable<Person> Users => Context.Set<Person>().IgnoreQueryFilters();

    /// <inheritdoc/>
    public override Task<Person?> FindByIdAsync(string userId, CancellationToken cancellationToken = default) =>
        Users.SingleOrDefaultAsync(person => person.Id == userId, cancellationToken);
}
