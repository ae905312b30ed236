using AImetier.Portal.Tests.Accounts;
using AImetier.Portal.Tests.ApiTokens;
using AImetier.Portal.Tests.Approvals;
using AImetier.Portal.Tests.Host;
using AImetier.Portal.Tests.Mcp.Conformance;
using AImetier.Portal.Tests.Reference.Samples;
using AImetier.Portal.Tests.Webhooks;
using Xunit;
using Xunit.Abstractions;

[assembly: TestCollectionOrderer("AImetier.Portal.Tests.Host." + nameof(LongestFirst), "AImetier.Portal.Tests")]

namespace AImetier.Portal.Tests.Host;

/// <summary>Begins with the classes of tests that take longest, so that none is left alone at the end while cores have nothing to do.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly Type[] Longest =
        [typeof(WebhookKillTests), typeof(RevokeTests), typeof(StartTests), typeof(KilledSenderTests), typeof(ConformanceTests), typeof(SampleTests)];

    // A class that names no collection is one by itself, called after it.
    private static readonly string[] Names = [.. Longest.Select(type => "Test collection for " + type.FullName)];

    /// <inheritdoc/>
    public IEnumerable<ITestCollection> OrderTestCollections(IEnumerable<ITestCollection> testCollections) => testCollections
        .Select(collection => (Collection: collection, Place: Array.IndexOf(Names, collection.DisplayName)))
        .OrderBy(one => one.Place < 0 ? Names.Length : one.Place)
        .Select(one => one.Collection);
}
