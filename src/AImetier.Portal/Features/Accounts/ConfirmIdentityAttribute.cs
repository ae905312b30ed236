using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.Extensions.Localization;

namespace AImetier.Portal.Features.Accounts;

/// <summary>
/// Put on a POST action of a page: when the last proof of identity is older than 30 minutes, "Confirm it's you" comes first and the action then
/// runs by itself with the same fields. Uploaded files are not carried.
/// </summary>
/// <param name="text">Marker class of the resources that say what happens next; null takes a general sentence.</param>
/// <param name="next">Key in those resources, for example "The key is made right after."</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ConfirmIdentityAttribute(Type? text = null, string next = "Confirm.Next") : Attribute, IAsyncActionFilter
{
    /// <summary>Marker class of the resources.</summary>
    public Type? Text => text;

    /// <summary>Key in the resources.</summary>
    public string Next => next;

    /// <summary>A field whose text must not stand in a page, or null. It is carried sealed, under its name and "Sealed"; <see cref="ConfirmTarget.Unseal"/> opens it.</summary>
    public string? Sealed { get; set; }

    /// <inheritdoc/>
    public async Task OnActionExecutionAsync(ActionExecutingContext context, ActionExecutionDelegate next)
    {
        var services = context.HttpContext.RequestServices;
        var user = context.HttpContext.User;
        var age = services.GetRequiredService<TimeProvider>().GetUtcNow() - SignedInPerson.ProvedAtOf(user);
        if (age < Session.ProofLasts)
        {
            await next();
            return;
        }

        var request = context.HttpContext.Request;
        var (target, session) = (services.GetRequiredService<ConfirmTarget>(), SignedInPerson.SessionOf(user));
        var to = target.Protect(session, request.PathBase + request.Path + request.QueryString);
        var sentence = services.GetRequiredService<IStringLocalizerFactory>().Create(Text ?? typeof(AccountsText))[Next].Value;
        var fields = request.HasFormContentType ? ConfirmViewModel.Carried(await request.ReadFormAsync(context.HttpContext.RequestAborted)) : [];
        if (Sealed is not null)
            fields = [.. fields.Select(field => field.Key == Sealed ? KeyValuePair.Create(Sealed + nameof(Sealed), target.Seal(session, field.Value)) : field)];
        context.Result = new ViewResult
        {
            ViewName = "/Features/Accounts/Confirm.cshtml",
            ViewData = new ViewDataDictionary<ConfirmViewModel>(services.GetRequiredService<IModelMetadataProvider>(), new ModelStateDictionary())
            {
                Model = new ConfirmViewModel(to, sentence, fields, Error: null),
            },
        };
    }
}
