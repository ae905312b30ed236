using System.Net.Http.Json;
using System.Text.Json;
using AImetier.Portal.Data;
using AImetier.Portal.Features.Approvals;
using AImetier.Portal.Features.Conversations;
using AImetier.Portal.Features.Events;
using AImetier.Portal.Tests.Host;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;

namespace AImetier.Portal.Tests.Conversations;

/// <summary>A Portal whose model the test can hold.</summary>
public sealed class AskPortal : PortalHost
{
    public HeldModel Model => (HeldModel)Services.GetRequiredService<IChatClient>();

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        builder.ConfigureTestServices(services => services.AddSingleton<IChatClient, HeldModel>());
    }

    /// <summary>Asks over the API.</summary>
    public async Task<HttpResponseMessage> AskAsync(
        TestKey key, string text, string? conversationId = null, object? metadata = null, CancellationToken cancellationToken = default)
    {
        using var client = Client();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/teammates/me/messages")
        {
            Content = JsonContent.Create(new { text, conversationId, metadata }),
        };
        request.Headers.Authorization = new("Bearer", key.Text);
        return await client.SendAsync(request, cancellationToken);
    }

    /// <summary>Asks over the API and reads a good answer.</summary>
    public async Task<JsonElement> AnswerAsync(TestKey key, string text, string? conversationId = null, object? metadata = null)
    {
        using var answer = await AskAsync(key, text, conversationId, metadata);
        return (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>())!;
    }

    /// <summary>Every message to a teammate, in order.</summary>
    public Task<List<Message>> MessagesAsync(string teammateId) => InScopeAsync(services =>
    {
        var db = services.GetRequiredService<PortalDbContext>();
        return db.Set<Message>().IgnoreQueryFilters().AsNoTracking()
            .Where(message => db.Set<Conversation>().IgnoreQueryFilters().Any(row => row.Id == message.ConversationId && row.TeammateId == teammateId))
            .OrderBy(message => message.CreatedAt).ThenBy(message => message.Number).ToListAsync();
    });

    /// <summary>Events of a teammate's messages, in order.</summary>
    public Task<List<OutboxEvent>> EventsAsync(string teammateId) => InScopeAsync(services => services.GetRequiredService<PortalDbContext>()
        .Set<OutboxEvent>().IgnoreQueryFilters().AsNoTracking()
        .Where(row => row.TeammateId == teammateId && row.Type.StartsWith("message.")).OrderBy(row => row.Position).ToListAsync());

    /// <summary>Asks through the service, as Chat will.</summary>
    public async Task<AskOutcome> AskAsPersonAsync(string teammateId, string text, string? conversationId = null, string? workspaceId = null)
    {
        workspaceId ??= await this.WorkspaceIdAsync();
        var ann = new Requester(RequesterKind.Person, "usr_ann", "Ann");
        var outcome = await InScopeAsync(
            services => services.GetRequiredService<ConversationService>()
                .AskAsync(new AskRequest(teammateId, text, conversationId, null, ann, ConversationSource.Chat), CancellationToken.None),
            workspaceId);
        return outcome is AskOutcome.Started(var running) ? await running.Outcome : outcome;
    }

    /// <summary>Waits until none of the asks that run now runs any more.</summary>
    public Task WhenIdleAsync() => Services.GetRequiredService<AskRunner>().WhenIdleAsync(CancellationToken.None).WaitAsync(Until.Longest);

    /// <summary>Asks for a stop as another process would: in the row alone.</summary>
    public async Task RequestStopInTheDatabaseAsync(string teammateId) => (await InScopeAsync(services =>
    {
        var db = services.GetRequiredService<PortalDbContext>();
        return Working(db, teammateId, MessageStatus.Working).ExecuteUpdateAsync(set => set.SetProperty(message => message.StopRequestedAt, Clock.GetUtcNow()));
    })).ShouldBe(1);

    /// <summary>Leaves the replies of a teammate as a killed process would, with a lease that has lapsed.</summary>
    public async Task LeaveUnfinishedAsync(string teammateId) => (await InScopeAsync(services =>
    {
        var db = services.GetRequiredService<PortalDbContext>();
        return Working(db, teammateId, MessageStatus.Completed).ExecuteUpdateAsync(set => set
            .SetProperty(message => message.Status, MessageStatus.Working)
            .SetProperty(message => message.Text, "")
            .SetProperty(message => message.WorkedOnUntil, Clock.GetUtcNow() - TimeSpan.FromSeconds(1)));
    })).ShouldBe(1);

    private static IQueryable<Message> Working(PortalDbContext db, string teammateId, MessageStatus status) => db.Set<Message>().IgnoreQueryFilters()
        .Where(message => message.Status == status && message.Author == MessageAuthor.Teammate
            && db.Set<Conversation>().IgnoreQueryFilters().Any(row => row.Id == message.ConversationId && row.TeammateId == teammateId));
}
