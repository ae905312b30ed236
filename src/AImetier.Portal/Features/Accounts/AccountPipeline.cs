using System.Security.Claims;
using AImetier.Portal.Data;
using AImetier.Portal.Security;
using Microsoft.AspNetCore.Mvc.Controllers;

namespace AImetier.Portal.Features.Accounts;

/// <summary>Puts people into the pipeline.</summary>
public static class AccountPipeline
{
    /// <summary>The way to set-up while there is no owner. After routing, before authentication.</summary>
    /// <param name="app">The pipeline.</param>
    public static IApplicationBuilder UseAccounts(this IApplicationBuilder app) => app.Use(SpeakHttps).Use(SetUpFirstAsync);

    /// <summary>Sets the workspace of the request from its principal, whichever scheme made it. After authorization.</summary>
    /// <param name="app">The pipeline.</param>
    public static IApplicationBuilder UseCurrentWorkspace(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        if (context.User.FindFirstValue(Policies.WorkspaceClaim) is { } workspace)
            context.RequestServices.GetRequiredService<CurrentWorkspace>().Set(workspace);
        return next(context);
    });

    // Where the public address is https, so is every person's connection, whatever a proxy in between says; form tokens insist on knowing it.
    private static Task SpeakHttps(HttpContext context, RequestDelegate next)
    {
        if (context.RequestServices.GetRequiredService<CookieRules>().Secure)
            context.Request.Scheme = Uri.UriSchemeHttps;
        return next(context);
    }

    private static async Task SetUpFirstAsync(HttpContext context, RequestDelegate next)
    {
        var endpoint = context.GetEndpoint();
        var waits = endpoint?.Metadata.GetMetadata<ControllerActionDescriptor>() is not null
            && endpoint.Metadata.GetMetadata<WorksBeforeSetupAttribute>() is null
            && await context.RequestServices.GetRequiredService<SetupService>().IsNeededAsync(context.RequestAborted);
        if (waits)
            context.Response.Redirect("/setup");
        else
            await next(context);
    }
}
