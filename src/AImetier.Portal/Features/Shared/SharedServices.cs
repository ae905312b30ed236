namespace AImetier.Portal.Features.Shared;

/// <summary>Adds what the pages of several features need.</summary>
public static class SharedServices
{
    private const string ForEver = "public, max-age=31536000, immutable";

    /// <summary>Adds the reader's time zone.</summary>
    /// <param name="services">The container.</param>
    public static IServiceCollection AddShared(this IServiceCollection services) => services.AddScoped<ReaderZone>();

    /// <summary>Serves styles, scripts and drawings. An address that carries the file's version may be kept for ever; the others are asked for again.</summary>
    /// <param name="app">The pipeline.</param>
    public static IApplicationBuilder UsePageFiles(this IApplicationBuilder app) => app.UseStaticFiles(new StaticFileOptions
    {
        OnPrepareResponse = file => file.Context.Response.Headers.CacheControl = file.Context.Request.Query.ContainsKey("v") ? ForEver : "no-cache",
    });
}
