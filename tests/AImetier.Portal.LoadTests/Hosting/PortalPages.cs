using System.Globalization;
using System.Net;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace AImetier.Portal.LoadTests.Hosting;

/// <summary>Uses the Portal's pages as the owner does: signs in, hires, generates keys, connects e-mail, decides. Forms are sent as the page holds them.</summary>
internal sealed class PortalPages : IDisposable
{
    private static readonly HtmlParser Parser = new();
    private readonly HttpMessageInvoker _client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = true });
    private readonly Uri _address;

    private PortalPages(Uri address) => _address = address;

    /// <summary>Signs the owner in.</summary>
    public static async Task<PortalPages> SignInAsync(PortalProcess portal, CancellationToken cancellationToken)
    {
        var pages = new PortalPages(portal.Address);
        var page = await pages.ReadAsync("/account/sign-in", cancellationToken);
        await pages.SubmitAsync(page, "/account/sign-in", cancellationToken, ("Email", PortalProcess.OwnerEmail), ("Password", portal.OwnerPassword));
        return pages;
    }

    /// <summary>Signs the owner in, hires a teammate and generates keys for it.</summary>
    public static async Task<string[]> GenerateAsync(PortalProcess portal, int count, CancellationToken cancellationToken)
    {
        using var pages = await SignInAsync(portal, cancellationToken);
        var teammate = await pages.HireAsync("Léa", cancellationToken);
        var keys = new string[count];
        for (var i = 0; i < count; i++)
            keys[i] = await pages.GenerateAsync(teammate, cancellationToken);
        return keys;
    }

    /// <summary>Hires a teammate and returns its id.</summary>
    public async Task<string> HireAsync(string name, CancellationToken cancellationToken)
    {
        var form = await ReadAsync("/teammates/hire", cancellationToken);
        using var answer = await SubmitAsync(form, "/teammates/hire", cancellationToken, ("Name", name), ("Role", "Marketing"), ("Instructions", ""));
        return answer.Headers.Location!.ToString().Split('/')[^1];
    }

    /// <summary>Generates a key for a teammate and reads it from the page that shows it once.</summary>
    public async Task<string> GenerateAsync(string teammateId, CancellationToken cancellationToken)
    {
        var page = await ReadAsync($"/settings/developer?teammate={teammateId}", cancellationToken);
        using var answer = await SubmitAsync(page, "/settings/developer/tokens", cancellationToken);
        var shown = await ParseAsync(answer, cancellationToken);
        return shown.QuerySelector("[data-testid=new-token]")?.TextContent ?? throw new InvalidOperationException("The page shows no new key.");
    }

    /// <summary>Connects a mail server on this machine that asks for no user.</summary>
    public async Task ConnectEmailAsync(int port, CancellationToken cancellationToken)
    {
        var page = await ReadAsync("/connectors", cancellationToken);
        using var answer = await SubmitAsync(
            page, "/connectors/email", cancellationToken,
            ("Host", "localhost"), ("Port", port.ToString(CultureInfo.InvariantCulture)), ("Tls", "None"), ("FromAddress", "mail@bakery.test"));
    }

    /// <summary>Presses a button on the page of an approval: <c>approve</c>, <c>send-again</c>, <c>arrived</c>.</summary>
    public async Task DecideAsync(string approvalId, string button, CancellationToken cancellationToken)
    {
        var page = await ReadAsync($"/needs-attention/{approvalId}", cancellationToken);
        using var answer = await SubmitAsync(page, $"/needs-attention/{approvalId}/{button}", cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private async Task<IHtmlDocument> ReadAsync(string path, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_address, path));
        using var answer = await _client.SendAsync(request, cancellationToken);
        if (answer.StatusCode != HttpStatusCode.OK)
            throw new InvalidOperationException($"{path} answered {(int)answer.StatusCode}.");
        return await ParseAsync(answer, cancellationToken);
    }

    private async Task<HttpResponseMessage> SubmitAsync(IHtmlDocument page, string path, CancellationToken cancellationToken, params (string Name, string Value)[] typed)
    {
        var (form, action) = page.Forms.Select(one => (Form: one, Action: one.GetAttribute("action") ?? "")).Single(one => one.Action.Split('?')[0] == path);
        var fields = form.Elements.OfType<IHtmlInputElement>().Where(input => input.Name is not null).ToDictionary(input => input.Name!, input => input.Value, StringComparer.Ordinal);
        foreach (var (name, value) in typed)
            fields[name] = value;

        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_address, action)) { Content = new FormUrlEncodedContent(fields) };
        var answer = await _client.SendAsync(request, cancellationToken);
        return answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.Redirect
            ? answer
            : throw new InvalidOperationException($"{action} answered {(int)answer.StatusCode}.");
    }

    private static async Task<IHtmlDocument> ParseAsync(HttpResponseMessage answer, CancellationToken cancellationToken) =>
        Parser.ParseDocument(await answer.Content.ReadAsStringAsync(cancellationToken));
}
