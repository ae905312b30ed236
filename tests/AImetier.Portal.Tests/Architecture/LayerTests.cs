using System.Text.RegularExpressions;
using ArchUnitNET.Domain;
using ArchUnitNET.Loader;
using Shouldly;
using Xunit;

namespace AImetier.Portal.Tests.Architecture;

/// <summary>
/// The one-way order of docs/architecture.md, in classes and in compiled views (<c>AspNetCoreGeneratedDocument.Features_X_…</c> belongs to X).
/// </summary>
public sealed partial class LayerTests
{
    // Each folder and what it may use beside itself. Shared has no feature's knowledge, so every feature may use it.
    private static readonly Dictionary<string, string[]> Order = new(StringComparer.Ordinal)
    {
        ["Data"] = [],
        ["Security"] = ["Data"],
        ["Shared"] = ["Data", "Security", "Accounts"],
        ["Activity"] = ["Data"],
        ["Events"] = ["Data"],
        ["Accounts"] = ["Data", "Security", "Activity", "Shared"],
        ["Teammates"] = ["Data", "Activity", "Events", "Accounts", "Security", "Shared"],
        ["Idempotency"] = ["Data", "Shared"],
        ["Connectors"] = ["Data", "Security", "Activity", "Accounts", "Shared"],
        ["ChatModels"] = ["Shared"],
        ["ApiTokens"] = ["Data", "Security", "Activity", "Events", "Accounts", "Teammates", "ChatModels", "Shared"],
        ["Approvals"] = ["Connectors", "Teammates", "ApiTokens", "Accounts", "Activity", "Events", "Data", "Security", "Shared"],
        ["Conversations"] = ["ChatModels", "Approvals", "Connectors", "Idempotency", "Teammates", "ApiTokens", "Accounts", "Activity", "Events", "Data", "Security", "Shared"],
        ["Webhooks"] = ["Teammates", "ApiTokens", "Events", "Activity", "Data", "Security", "Shared"],
        ["IncomingHooks"] = ["Conversations", "Approvals", "ApiTokens", "Teammates", "Idempotency", "Activity", "Data", "Security", "Shared"],
        ["NeedsAttention"] = ["IncomingHooks", "Approvals", "Webhooks", "Connectors", "ApiTokens", "Teammates", "Accounts", "Activity", "Data", "Security", "Shared"],
        ["Developer"] = ["Mcp", "IncomingHooks", "Webhooks", "Approvals", "ApiTokens", "ChatModels", "Teammates", "Accounts", "Activity", "Security", "Shared"],
        ["OpenAiDoor"] = ["Conversations", "Approvals", "Connectors", "ApiTokens", "Teammates", "Idempotency", "Data", "Security", "Shared"],
        ["Mcp"] = ["Conversations", "Approvals", "Connectors", "ApiTokens", "Teammates", "Idempotency", "Data", "Security", "Shared"],
        ["Reference"] = ["IncomingHooks", "Webhooks", "Conversations", "Approvals", "Connectors", "ApiTokens", "Teammates", "Accounts", "Idempotency", "Events", "Shared", "Data", "Security"],
        ["Settings"] = ["Accounts", "Activity", "Data", "Security", "Shared"],
    };

    private static readonly ArchUnitNET.Domain.Architecture Portal = new ArchLoader().LoadAssemblies(typeof(Program).Assembly).Build();

    public static TheoryData<string> Folders => [.. Order.Keys];

    [Theory]
    [MemberData(nameof(Folders))]
    public void A_folder_uses_only_what_is_below_it(string folder) => Violations(folder, Order[folder]).ShouldBeEmpty();

    [Fact]
    public void Every_folder_has_its_place_in_the_order()
    {
        var folders = Portal.Types.Select(FolderOf).OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
        folders.ShouldBe(Order.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Views_are_held_to_the_order_too()
    {
        // The control: without its permission to use ApiTokens, Developer breaks the rule, and it is a view that does.
        var violations = Violations("Developer", [.. Order["Developer"].Except(["ApiTokens"])]);
        violations.ShouldContain(violation => violation.StartsWith("AspNetCoreGeneratedDocument.Features_Developer_", StringComparison.Ordinal));
    }

    [Fact]
    public void Program_knows_the_application_alone()
    {
        var program = Portal.Types.Single(type => string.Equals(type.FullName, "Program", StringComparison.Ordinal));
        program.Dependencies.Select(dependency => FolderOf(dependency.Target)).OfType<string>().ShouldBeEmpty();
    }

    [Fact]
    public void Controllers_of_Developer_reach_keys_through_the_token_service_alone()
    {
        var types = Portal.Types.Where(type => FolderOf(type) == "Developer").ToList();
        types.ShouldNotBeEmpty();
        string[] forbidden = ["PortalDbContext", "ApiToken", "TokenVerifier", "VerifiedTokenCache", "TokenRevoker", "Argon2Hasher"];
        types.SelectMany(type => type.Dependencies).Select(dependency => dependency.Target.Name).Intersect(forbidden, StringComparer.Ordinal).ShouldBeEmpty();
        typeof(Features.Developer.DeveloperController).GetConstructors().Single().GetParameters().Select(parameter => parameter.ParameterType)
            .ShouldContain(typeof(Features.ApiTokens.TokenService));
    }

    private static List<string> Violations(string folder, string[] allowed) =>
        [.. from type in Portal.Types
            where FolderOf(type) == folder
            from dependency in type.Dependencies
            let target = FolderOf(dependency.Target)
            where target is not null && target != folder && !allowed.Contains(target, StringComparer.Ordinal)
            select $"{type.FullName} uses {dependency.Target.FullName}"];

    private static string? FolderOf(IType type)
    {
        var view = ViewName().Match(type.FullName);
        if (view.Success)
            return view.Groups["folder"].Value is var name && name.StartsWith('_') ? null : name;
        var match = Namespace().Match(type.FullName);
        return match.Success ? match.Groups["folder"].Value : null;
    }

    [GeneratedRegex(@"^AspNetCoreGeneratedDocument\.Features_(?<folder>_?[A-Za-z]+?)_", RegexOptions.ExplicitCapture)]
    private static partial Regex ViewName();

    [GeneratedRegex(@"^AImetier\.Portal\.(Features\.)?(?<folder>Data|Security|(?<=Features\.)[A-Za-z]+)\.", RegexOptions.ExplicitCapture)]
    private static partial Regex Namespace();
}
