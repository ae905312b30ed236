using System.Security.Cryptography;
using AImetier.Portal.Data;
using AImetier.Portal.Features.Accounts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AImetier.Portal.Tests.Host;

/// <summary>Seeds people and workspaces into a running Portal.</summary>
public static class PortalPeople
{
    /// <summary>Id of the workspace that set-up made.</summary>
    public static Task<string> WorkspaceIdAsync(this PortalHost portal) => portal.InScopeAsync(async services =>
        (await services.GetRequiredService<PortalDbContext>().Set<Person>().IgnoreQueryFilters().SingleAsync(person => person.Email == PortalHost.OwnerEmail)).WorkspaceId);

    /// <summary>Adds a person with a new e-mail and password to a workspace; without one, to the owner's.</summary>
    public static async Task<TestPerson> AddPersonAsync(this PortalHost portal, PersonRole role, string? workspaceId = null)
    {
        workspaceId ??= await portal.WorkspaceIdAsync();
        return await portal.InScopeAsync(async services =>
        {
            var password = "Pw-" + RandomNumberGenerator.GetHexString(20);
            var email = $"{role.ToString().ToLowerInvariant()}-{RandomNumberGenerator.GetHexString(8, lowercase: true)}@bakery.test";
            var person = new Person
            {
                WorkspaceId = workspaceId,
                UserName = email,
                Email = email,
                DisplayName = Person.NameFrom(email),
                Role = role,
                CreatedAt = portal.Clock.GetUtcNow(),
            };
            var people = services.GetRequiredService<PersonManager>();
            await people.SetPasswordAsync(person, password, "test", CancellationToken.None);
            var result = await people.CreateAsync(person);
            if (!result.Succeeded)
                throw new InvalidOperationException(result.ToString());
            return new TestPerson(person.Id, workspaceId, email, password);
        });
    }

    /// <summary>Adds a second workspace with its owner.</summary>
    public static async Task<TestPerson> AddWorkspaceAsync(this PortalHost portal, string name = "The Butcher")
    {
        var id = await portal.InScopeAsync(async services =>
        {
            var db = services.GetRequiredService<PortalDbContext>();
            var workspace = new Workspace { Id = EntityId.New("ws"), Name = name, CreatedAt = portal.Clock.GetUtcNow() };
            db.Add(workspace);
            await db.SaveChangesAsync();
            return workspace.Id;
        });
        return await portal.AddPersonAsync(PersonRole.Owner, id);
    }
}
