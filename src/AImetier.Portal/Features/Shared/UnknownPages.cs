namespace AImetier.Portal.Features.Shared;

/// <summary>Answers "not found" where no page is, before sign-in is asked for: nobody should sign in to learn that an address is mistyped.</summary>
public static class UnknownPages
{
    /// <summary>Runs after authentication, so that the page can keep its menu, and before authorization. Addresses for programs are left alone: there, the key comes first.</summary>
    /// <param name="app">The pipeline.</param>
    public static IApplicationBuilder UseUnknownPages(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        if (context.GetEndpoint() is not null || ApiErrors.IsForPrograms(context.Request.Path))
            return next(context);
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    });
}
