using System.Collections.Concurrent;
using System.Text;
using AImetier.Portal.Features.ChatModels;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace AImetier.Portal.Tests.ChatModels;

/// <summary>The real client of a live model, made from settings as the Portal makes it.</summary>
public sealed class LiveModel : IDisposable
{
    private readonly ServiceProvider _services;

    public LiveModel(string endpoint, string? key = null)
    {
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Model:Endpoint"] = endpoint,
            ["Model:ApiKey"] = key,
            ["Model:Name"] = "bakery-1",
            ["Model:AllowPlainHttp"] = "true",
        };
        _services = new ServiceCollection()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings).Build())
            .AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(new Lines(Log)))
            .AddSingleton<TimeProvider>(Clock)
            .AddChatModels()
            .BuildServiceProvider();
    }

    public FakeTimeProvider Clock { get; } = new();

    /// <summary>Everything that was logged, at every level.</summary>
    public ConcurrentQueue<string> Log { get; } = new();

    public IChatClient Client => _services.GetRequiredService<IChatClient>();

    public async Task<string> AskAsync(string question = "Hello", ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var text = new StringBuilder();
        await foreach (var update in Client.GetStreamingResponseAsync(question, options, cancellationToken))
            text.Append(update.Text);
        return text.ToString();
    }

    public void Dispose() => _services.Dispose();

    private sealed class Lines(ConcurrentQueue<string> log) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            log.Enqueue(formatter(state, exception) + exception);

        public void Dispose()
        {
        }
    }
}
