using System.Net;
using AngleSharp;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace AImetier.Portal.Tests.Host;

/// <summary>A browser as far as forms need one: it keeps cookies, follows no redirect, and takes the form token from the last page.</summary>
public sealed class PortalBrowser(HttpClient client, PortalHost? portal = null) : IDisposable
{
    private const string TokenField = "__RequestVerificationToken";
    private string? _token;

    /// <summary>A browser of a Portal in this process.</summary>
    public PortalBrowser(PortalHost portal)
        : this(portal.Browser(), portal)
    {
    }

    /// <summary>The client with the cookies.</summary>
    public HttpClient Client => client;

    /// <summary>The last page that was read.</summary>
    public IDocument? Page { get; private set; }

    /// <summary>Signs the owner in.</summary>
    public Task<PortalBrowser> SignInAsync() => SignInAsync(PortalHost.OwnerEmail, portal!.OwnerPassword);

    /// <summary>Signs a test's person in.</summary>
    public Task<PortalBrowser> SignInAsync(TestPerson person) => SignInAsync(person.Email, person.Password);

    /// <summary>Signs somebody in.</summary>
    /// <exception cref="InvalidOperationException">The Portal refused.</exception>
    public async Task<PortalBrowser> SignInAsync(string email, string password)
    {
        using var answer = await TrySignInAsync(email, password);
        if (answer.StatusCode != HttpStatusCode.Redirect)
            throw new InvalidOperationException($"Sign-in was refused with {(int)answer.StatusCode}.");
        return this;
    }

    /// <summary>Posts the sign-in form and returns the answer, whatever it is.</summary>
    public async Task<HttpResponseMessage> TrySignInAsync(string email, string password, string? returnUrl = null)
    {
        await GetPageAsync("/account/sign-in");
        var answer = await PostFormAsync("/account/sign-in", new() { ["Email"] = email, ["Password"] = password, ["ReturnUrl"] = returnUrl ?? "" });

        // A form token belongs to who was signed in when the page was read.
        if (answer.StatusCode == HttpStatusCode.Redirect)
            _token = null;
        return answer;
    }

    /// <summary>Sends a GET.</summary>
    public Task<HttpResponseMessage> GetAsync(string path) => Client.GetAsync(new Uri(path, UriKind.Relative));

    /// <summary>Reads a page.</summary>
    /// <exception cref="HttpRequestException">The answer is not 200.</exception>
    public async Task<IDocument> GetPageAsync(string path)
    {
        using var answer = await GetAsync(path);
        answer.EnsureSuccessStatusCode();
        if (answer.StatusCode != HttpStatusCode.OK)
            throw new HttpRequestException($"{path} answered {(int)answer.StatusCode}");
        return await ReadPageAsync(answer);
    }

    /// <summary>Reads an answer as a page and remembers its form token.</summary>
    public async Task<IDocument> ReadPageAsync(HttpResponseMessage answer)
    {
        var html = await answer.Content.ReadAsStringAsync();
        Page = await BrowsingContext.New(Configuration.Default).OpenAsync(response => response.Content(html).Address(client.BaseAddress));
        _token = (Page.QuerySelector($"input[name={TokenField}]") as IHtmlInputElement)?.Value ?? _token;
        return Page;
    }

    /// <summary>Posts a form with the token of the last page; signed in without any, it fetches one from the profile page.</summary>
    public async Task<HttpResponseMessage> PostFormAsync(string path, Dictionary<string, string> fields)
    {
        if (_token is null)
            await GetPageAsync("/account/profile");
        return await PostWithoutTokenAsync(path, new(fields, StringComparer.Ordinal) { [TokenField] = _token ?? "" });
    }

    /// <summary>Posts a form as it is.</summary>
    public async Task<HttpResponseMessage> PostWithoutTokenAsync(string path, Dictionary<string, string> fields)
    {
        using var content = new FormUrlEncodedContent(fields);
        return await Client.PostAsync(new Uri(path, UriKind.Relative), content);
    }

    /// <inheritdoc/>
    public void Dispose() => Client.Dispose();
}
