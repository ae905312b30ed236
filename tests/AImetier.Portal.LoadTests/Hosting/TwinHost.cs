using AImetier.Portal.Features.Accounts;
using AImetier.Portal.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace AImetier.Portal.LoadTests.Hosting;

/// <summary>
/// The Portal as it is, with two pairs of twins beside it: the same answer with and without a key, once as a controller's action and once as an
/// endpoint. Only this program has them.
/// </summary>
internal static class TwinHost
{
    /// <summary>Starts it; for this program's own use.</summary>
    public const string Verb = "host";

    /// <summary>Setting: how far the clock is ahead of the machine's, as <c>hh:mm:ss</c>.</summary>
    public const string ClockAhead = "LoadTests:ClockAhead";

    /// <summary>Setting: whether the sender forgets its attempts, as a control.</summary>
    public const string ForgetsAttempts = "LoadTests:ForgetsAttempts";

    /// <summary>Collects garbage, and answers when that is done.</summary>
    public const string Settle = "/api/twins/settle";

    public static Task<int> RunAsync()
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ApplicationName = typeof(PortalApplication).Assembly.GetName().Name });
        builder.Services.AddControllers().AddApplicationPart(typeof(TwinHost).Assembly);
        builder.Services.AddSingleton<IFilterProvider, NoPageFilters>();
        if (builder.Configuration.GetValue<TimeSpan?>(ClockAhead) is { } ahead)
            builder.Services.AddSingleton<TimeProvider>(new ShiftedClock(ahead));
        if (builder.Configuration.GetValue<bool>(ForgetsAttempts))
            builder.Services.AddHostedService<ForgetfulSender>();
        return PortalApplication.RunAsync(builder, [], Map);
    }

    private static void Map(WebApplication app)
    {
        // Controllers are pages and ask for a session; these two are not, and the session would be looked for beside the key.
        app.MapControllerRoute("twins", "api/twins/action/{action}", new { controller = "Twin" })
            .Finally(endpoint => Remove(endpoint.Metadata, metadata => metadata is IAuthorizeData { Policy: Policies.SignedIn }));
        app.MapGet("/api/twins/endpoint/withkey", () => TypedResults.Ok(TwinAnswer.Same)).RequireAuthorization(Policies.Key);
        app.MapGet("/api/twins/endpoint/open", () => TypedResults.Ok(TwinAnswer.Same)).AllowAnonymous();
        app.MapGet(Settle, Collect).AllowAnonymous();
        TwinWebhooks.Map(app);
    }

    private static int Collect()
    {
        for (var i = 0; i < 2; i++)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }

        return GC.CollectionCount(GC.MaxGeneration);
    }

    private static void Remove(IList<object> metadata, Func<object, bool> which)
    {
        foreach (var one in metadata.Where(which).ToList())
            metadata.Remove(one);
    }
}

/// <summary>Leaves the filters of pages, which expect a person, out of the twins. Both become cheaper, and the ratio stricter.</summary>
internal sealed class NoPageFilters : IFilterProvider
{
    // Before any of them is made.
    public int Order => int.MinValue;

    public void OnProvidersExecuting(FilterProviderContext context)
    {
        if (context.ActionContext.ActionDescriptor is not ControllerActionDescriptor { ControllerTypeInfo: var type } || type != typeof(TwinController))
            return;
        foreach (var page in context.Results.Where(item => item.Descriptor.Scope == FilterScope.Global).ToList())
            context.Results.Remove(page);
    }

    public void OnProvidersExecuted(FilterProviderContext context)
    {
    }
}

/// <summary>What every twin answers.</summary>
public sealed record TwinAnswer(string Id, string Name, string Role, string Status)
{
    public static readonly TwinAnswer Same = new("tm_00000000000000000000", "Léa", "Marketing", "active");
}

/// <summary>The twins as actions. They skip the check for set-up, as endpoints do: it would cost both the same and flatter the ratio.</summary>
[WorksBeforeSetup]
public sealed class TwinController : ControllerBase
{
    [Authorize(Policies.Key)]
    public ActionResult<TwinAnswer> WithKey() => Ok(TwinAnswer.Same);

    [AllowAnonymous]
    public ActionResult<TwinAnswer> Open() => Ok(TwinAnswer.Same);
}
