using AImetier.Portal.Security;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Localization;
using Microsoft.AspNetCore.Mvc;

namespace AImetier.Portal.Features.Accounts;

/// <summary>Adds people, their sessions and their pages to the container.</summary>
public static class AccountServices
{
    /// <summary>Authentication scheme of people's sessions.</summary>
    public const string SessionScheme = "Session";

    /// <summary>Languages of the pages; the first is the fallback.</summary>
    public static readonly IReadOnlyList<string> Languages = ["en", "fr"];

    /// <summary>Adds Identity, sessions, policies of people, set-up, and the language of the pages.</summary>
    /// <param name="services">The container.</param>
    public static IServiceCollection AddAccounts(this IServiceCollection services)
    {
        services.AddOptions<SetupOptions>().BindConfiguration(SetupOptions.Section);
        services.AddSingleton<CookieRules>().AddSingleton<LanguageCookie>().AddSingleton<PortalAddress>().AddSingleton<SignInDelays>().AddSingleton<PasswordHashing>();
        services.AddSingleton<SetupCode>().AddSingleton<SetupState>().AddSingleton<SetupStart>().AddHostedService<SetupAnnouncer>();
        services.AddSingleton<RefusedSignIns>().AddHostedService(provider => provider.GetRequiredService<RefusedSignIns>());
        services.AddScoped<WorkspaceService>().AddScoped<SessionService>().AddScoped<SignInService>().AddScoped<SetupService>();
        services.AddScoped<PasswordService>().AddScoped<ProfileService>().AddScoped<ResetPasswordCommand>().AddSingleton<ConfirmTarget>();

        AddIdentity(services);
        AddSessions(services);
        AddForms(services);
        AddLanguages(services);
        return services;
    }

    private static void AddIdentity(IServiceCollection services)
    {
        // Registered first: Identity keeps what is there.
        services.AddScoped<IPasswordHasher<Person>, NoSynchronousHashing>().AddScoped<IPasswordValidator<Person>, PasswordRule>();
        services.AddIdentityCore<Person>(identity =>
            {
                identity.Stores.SchemaVersion = IdentitySchemaVersions.Version3;
                identity.User.RequireUniqueEmail = true;
                identity.User.AllowedUserNameCharacters = "";
            })
            .AddUserManager<PersonManager>()
            .AddUserStore<PersonStore>();
    }

    private static void AddSessions(IServiceCollection services)
    {
        services.AddScoped<SessionEvents>();
        services.AddAuthentication(SessionScheme).AddCookie(SessionScheme);
        services.AddOptions<CookieAuthenticationOptions>(SessionScheme).Configure<CookieRules>((cookie, rules) =>
        {
            cookie.Cookie.Name = rules.Name();
            cookie.Cookie.SecurePolicy = rules.Policy;
            cookie.Cookie.HttpOnly = true;
            cookie.Cookie.SameSite = SameSiteMode.Lax;
            cookie.Cookie.Path = "/";
            cookie.Cookie.IsEssential = true;
            cookie.ExpireTimeSpan = Session.Longest;
            cookie.SlidingExpiration = false;
            cookie.EventsType = typeof(SessionEvents);
        });
        services.AddAuthorizationBuilder()
            .AddPolicy(Policies.SignedIn, policy => policy.AddAuthenticationSchemes(SessionScheme).RequireAuthenticatedUser())
            .AddPolicy(Policies.Admin, policy => policy.AddAuthenticationSchemes(SessionScheme)
                .RequireRole(nameof(PersonRole.Owner), nameof(PersonRole.Admin)));
    }

    private static void AddForms(IServiceCollection services)
    {
        services.Configure<MvcOptions>(mvc =>
        {
            mvc.Filters.Add<AutoValidateAntiforgeryTokenAttribute>();
            mvc.Filters.Add<BusyPage>();
            mvc.Filters.Add<StaleForms>();
        });
        // A stranger's form is read before anything can be known about them.
        services.Configure<FormOptions>(form =>
        {
            form.ValueCountLimit = 64;
            form.KeyLengthLimit = 256;
            form.ValueLengthLimit = 128 * 1024;
        });
        services.AddOptions<AntiforgeryOptions>().Configure<CookieRules>((antiforgery, rules) =>
        {
            antiforgery.Cookie.Name = rules.Name("form");
            antiforgery.Cookie.SecurePolicy = rules.Policy;
            antiforgery.Cookie.SameSite = SameSiteMode.Lax;
            antiforgery.Cookie.Path = "/";
        });
        services.AddOptions<CookieTempDataProviderOptions>().Configure<CookieRules>((flash, rules) =>
        {
            flash.Cookie.Name = rules.Name("flash");
            flash.Cookie.SecurePolicy = rules.Policy;
            flash.Cookie.SameSite = SameSiteMode.Lax;
            flash.Cookie.Path = "/";
            flash.Cookie.IsEssential = true;
        });
    }

    private static void AddLanguages(IServiceCollection services) =>
        services.AddOptions<RequestLocalizationOptions>().Configure<CookieRules>((localization, rules) =>
        {
            string[] languages = [.. Languages];
            localization.SetDefaultCulture(languages[0]).AddSupportedCultures(languages).AddSupportedUICultures(languages);
            localization.ApplyCurrentCultureToResponseHeaders = true;
            localization.RequestCultureProviders =
            [
                new CookieRequestCultureProvider { CookieName = rules.Name(LanguageCookie.Part) },
                new AcceptLanguageHeaderRequestCultureProvider(),
            ];
        });
}
