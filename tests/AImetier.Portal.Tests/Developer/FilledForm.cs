using AImetier.Portal.Tests.Host;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace AImetier.Portal.Tests.Developer;

/// <summary>A form as a browser sends it: what stands in it, with what a person changed.</summary>
internal static class FilledForm
{
    /// <summary>Sends the form of the last page that goes to an address.</summary>
    /// <param name="browser">Who read the page.</param>
    /// <param name="action">Beginning of the form's address.</param>
    /// <param name="typed">Fields that were changed; several of one name replace all values of it.</param>
    public static Task<HttpResponseMessage> SubmitAsync(this PortalBrowser browser, string action, params (string Name, string? Value)[] typed) =>
        browser.SubmitToAsync(null, action, typed);

    /// <summary>Sends it to another address, as a browser does that was told to.</summary>
    public static async Task<HttpResponseMessage> SubmitToAsync(this PortalBrowser browser, Uri? to, string action, params (string Name, string? Value)[] typed)
    {
        var form = browser.Page!.QuerySelectorAll("form[method=post]").Single(one => one.GetAttribute("action")!.StartsWith(action, StringComparison.Ordinal));
        var fields = form.QuerySelectorAll("input[name], textarea[name], select[name]").SelectMany(FieldOf)
            .Where(field => !typed.Any(changed => changed.Name == field.Key))
            .Concat(typed.Where(changed => changed.Value is not null).Select(changed => KeyValuePair.Create(changed.Name, changed.Value!)));
        using var content = new FormUrlEncodedContent([.. fields]);
        return await browser.Client.PostAsync(to ?? new Uri(form.GetAttribute("action")!.Split('#')[0], UriKind.Relative), content);
    }

    private static IEnumerable<KeyValuePair<string, string>> FieldOf(IElement field) => field switch
    {
        IHtmlInputElement { Type: "checkbox" or "radio", IsChecked: false } => [],
        IHtmlInputElement input => [KeyValuePair.Create(input.Name!, input.Value)],
        IHtmlTextAreaElement area => [KeyValuePair.Create(area.Name!, area.Value)],
        IHtmlSelectElement select => [KeyValuePair.Create(select.Name!, select.Value ?? "")],
        _ => [],
    };
}
