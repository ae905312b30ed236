using System.Collections.Concurrent;
using AImetier.Portal.Tests.Host;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AImetier.Portal.Tests.Shared;

/// <summary>The Portal with pages that go wrong and a log that can be read.</summary>
public sealed class BrokenHost : PortalHost
{
    /// <summary>What was logged at Error and above.</summary>
    public ConcurrentQueue<(string? Event, string Message)> Errors { get; } = new();

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        builder.ConfigureTestServices(services =>
        {
            services.AddControllers().AddApplicationPart(typeof(BrokenController).Assembly);
            services.AddSingleton<ILoggerFactory>(new Factory(Errors));
        });
    }

    private sealed class Factory(ConcurrentQueue<(string?, string)> errors) : ILoggerFactory
    {
        public void AddProvider(ILoggerProvider provider)
        {
        }

        public ILogger CreateLogger(string categoryName) => new Logger(errors);

        public void Dispose()
        {
        }
    }

    private sealed class Logger(ConcurrentQueue<(string?, string)> errors) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
                errors.Enqueue((eventId.Name, formatter(state, exception)));
        }
    }
}
