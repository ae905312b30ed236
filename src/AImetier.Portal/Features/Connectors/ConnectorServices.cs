namespace AImetier.Portal.Features.Connectors;

/// <summary>Adds connectors to the container.</summary>
public static class ConnectorServices
{
    /// <summary>Adds e-mail and the practice outbox behind <see cref="IOutwardChannel"/>.</summary>
    /// <param name="services">The container.</param>
    public static IServiceCollection AddConnectors(this IServiceCollection services)
    {
        services.AddOptions<ConnectorOptions>().BindConfiguration(ConnectorOptions.Section).ValidateOnStart();
        services.AddSingleton<PracticeOutbox>();
        services.AddSingleton<MailMessages>();
        services.AddSingleton<MailPassword>();
        services.AddSingleton(new MailTrust());
        services.AddSingleton<SmtpMail>();
        services.AddSingleton<SendSignal>();
        services.AddScoped<EmailNotices>().AddScoped<ConnectorService>();
        return services.AddScoped<IOutwardChannel, EmailChannel>();
    }
}
