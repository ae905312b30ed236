using AImetier.Portal.Features.Accounts;
using AImetier.Portal.Features.Conversations;
using AImetier.Portal.Tests.Host;
using AngleSharp.Dom;

namespace AImetier.Portal.Tests.Conversations;

/// <summary>A signed-in person on the pages of Chat.</summary>
public sealed class ChatBrowser(AskPortal portal, TestPerson person, PortalBrowser browser) : IDisposable
{
    public PortalBrowser Browser => browser;

    public TestPerson Person => person;

    /// <summary>Signs a new person in; without a workspace, of the owner's.</summary>
    public static async Task<ChatBrowser> OpenAsync(AskPortal portal, PersonRole role = PersonRole.Member, string? workspaceId = null)
    {
        var person = await portal.AddPersonAsync(role, workspaceId);
        return new ChatBrowser(portal, person, await new PortalBrowser(portal).SignInAsync(person));
    }

    /// <summary>Begins a conversation as the page's script does and returns its address, without waiting for the answer.</summary>
    public async Task<string> BeginAsync(string teammateId, string text)
    {
        browser.Client.DefaultRequestHeaders.Add(ChatMessagesController.FollowsHeader, "1");
        using var answer = await browser.PostFormAsync("/chat/messages", new() { ["Teammate"] = teammateId, ["Text"] = text });
        browser.Client.DefaultRequestHeaders.Remove(ChatMessagesController.FollowsHeader);
        return answer.Headers.Location!.OriginalString.Split('#')[0];
    }

    /// <summary>Begins a conversation and waits for its answer.</summary>
    public async Task<string> AskAsync(string teammateId, string text)
    {
        var address = await BeginAsync(teammateId, text);
        await portal.WhenIdleAsync();
        return address;
    }

    /// <summary>Goes on with a conversation and waits for the answer, as a page without script does.</summary>
    public Task<HttpResponseMessage> GoOnAsync(string address, string text) => browser.PostFormAsync(address + "/messages", new() { ["Text"] = text });

    /// <summary>Goes on with a conversation as the page's script does, without waiting for the answer.</summary>
    public async Task<HttpResponseMessage> GoOnFollowingAsync(string address, string text)
    {
        browser.Client.DefaultRequestHeaders.Add(ChatMessagesController.FollowsHeader, "1");
        var answer = await GoOnAsync(address, text);
        browser.Client.DefaultRequestHeaders.Remove(ChatMessagesController.FollowsHeader);
        return answer;
    }

    public Task<IDocument> ReadAsync(string address) => browser.GetPageAsync(address);

    public async Task<int> StatusAsync(string address)
    {
        using var answer = await browser.GetAsync(address);
        return (int)answer.StatusCode;
    }

    /// <summary>The address of the newest reply of a conversation.</summary>
    public async Task<string> ReplyAsync(string address) =>
        $"{address}/replies/{(await ReadAsync(address)).QuerySelectorAll("[data-testid=chat-reply]")[^1].Closest(".turn")!.Id}";

    public void Dispose() => browser.Dispose();
}
