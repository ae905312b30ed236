using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using AImetier.Portal.Features.Connectors;

namespace AImetier.Portal.Tests.Connectors;

/// <summary>A mail server on this machine that speaks SMTP over real sockets, keeps what it takes, and refuses, stalls or drops where a test says so.</summary>
public sealed class TestSmtpServer : IAsyncDisposable
{
    private const string Stalling = "stall";
    private const string Dropping = "drop";
    private const string Keeping = "keep";
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly TaskCompletionSource _stalled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentDictionary<SmtpStep, string> _faults = [];
    private readonly ConcurrentQueue<string> _messages = new();
    private readonly SemaphoreSlim _taken = new(0);
    private readonly ConcurrentQueue<string> _commands = new();
    private readonly Task _running;

    public TestSmtpServer()
    {
        _listener.Start();
        _running = ListenAsync();
    }

    /// <summary>Its port.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>How it wants to be spoken to.</summary>
    public EmailTls Tls { get; init; } = EmailTls.None;

    /// <summary>What it shows.</summary>
    public X509Certificate2 Certificate { get; init; } = TestCertificates.ForThisMachine;

    /// <summary>Whether it offers STARTTLS when it should.</summary>
    public bool OffersStartTls { get; init; } = true;

    /// <summary>The user it takes mail from, or null for everybody.</summary>
    public string? User { get; init; }

    /// <summary>The user's password.</summary>
    public string Password { get; set; } = "";

    /// <summary>What it has taken.</summary>
    public IReadOnlyCollection<string> Messages => _messages;

    /// <summary>What it was asked, without message and password.</summary>
    public IReadOnlyCollection<string> Commands => _commands;

    /// <summary>Ends when it stalls.</summary>
    public Task Stalled => _stalled.Task;

    /// <summary>What it waits for before each of its answers, as a busy server does; nothing by default.</summary>
    public Func<CancellationToken, Task> Thinking { get; init; } = _ => Task.CompletedTask;

    /// <summary>Waits until it has taken one more message.</summary>
    /// <exception cref="TimeoutException">None came.</exception>
    public async Task TakenAsync(TimeSpan longest)
    {
        if (!await _taken.WaitAsync(longest))
            throw new TimeoutException("No message came.");
    }

    /// <summary>Refuses with an answer.</summary>
    public TestSmtpServer Refusing(SmtpStep step, string answer) => With(step, answer);

    /// <summary>Answers nothing any more.</summary>
    public TestSmtpServer StallingAt(SmtpStep step) => With(step, Stalling);

    /// <summary>Takes the message and never says so.</summary>
    public TestSmtpServer TakingInSilence() => With(SmtpStep.Message, Keeping);

    /// <summary>Closes the connection.</summary>
    public TestSmtpServer DroppingAt(SmtpStep step) => With(step, Dropping);

    /// <summary>From now on it does as usual.</summary>
    public void Heal() => _faults.Clear();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _running;
        _taken.Dispose();
        _end.Dispose();
        _listener.Dispose();
    }

    private TestSmtpServer With(SmtpStep step, string fault)
    {
        _faults[step] = fault;
        return this;
    }

    private async Task ListenAsync()
    {
        var open = new List<Task>();
        try
        {
            while (true)
                open.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_end.Token)));
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(open);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                await new Conversation(this).RunAsync(client.GetStream());
            }
            catch (Exception e) when (e is IOException or OperationCanceledException or System.Security.Authentication.AuthenticationException or SocketException)
            {
                // A client that goes, or does not like the certificate.
            }
        }
    }

    private sealed class Conversation(TestSmtpServer server)
    {
        private Stream _stream = Stream.Null;
        private bool _secured;
        private bool _signedIn;

        public async Task RunAsync(Stream stream)
        {
            _stream = stream;
            if (server.Tls == EmailTls.Implicit)
                await SecureAsync();
            if (!await AnswerAsync(SmtpStep.Connect, "220 test ESMTP"))
                return;
            while (await ReadLineAsync() is { } line)
            {
                if (!await ObeyAsync(line))
                    return;
            }
        }

        private async Task<bool> ObeyAsync(string line)
        {
            var verb = line.Split(' ', ':')[0].ToUpperInvariant();
            server._commands.Enqueue(verb == "AUTH" ? verb : line);
            switch (verb)
            {
                case "EHLO":
                    await WriteAsync(Hello());
                    return true;
                case "STARTTLS" when await AnswerAsync(SmtpStep.StartTls, "220 go on"):
                    await SecureAsync();
                    return true;
                case "AUTH":
                    return await SignInAsync(line);
                case "MAIL" when server.User is not null && !_signedIn:
                    await WriteAsync("530 5.7.0 Authentication required\r\n");
                    return true;
                case "MAIL":
                    return await AnswerAsync(SmtpStep.Mail, "250 ok") || !Ended(SmtpStep.Mail);
                case "RCPT":
                    return await AnswerAsync(SmtpStep.Rcpt, "250 ok") || !Ended(SmtpStep.Rcpt);
                case "DATA":
                    return await TakeAsync();
                case "QUIT":
                    await AnswerAsync(SmtpStep.Quit, "221 bye");
                    return false;
                case "RSET":
                    await WriteAsync("250 ok\r\n");
                    return true;
                default:
                    return verb == "STARTTLS" && !Ended(SmtpStep.StartTls);
            }
        }

        private string Hello()
        {
            var startTls = server.Tls == EmailTls.StartTls && server.OffersStartTls && !_secured ? "250-STARTTLS\r\n" : "";
            var signIn = server.User is not null && (_secured || server.Tls == EmailTls.None) ? "250-AUTH PLAIN\r\n" : "";
            return $"250-test\r\n250-PIPELINING\r\n250-8BITMIME\r\n{startTls}{signIn}250 SIZE 1000000\r\n";
        }

        private async Task<bool> SignInAsync(string line)
        {
            var expected = Convert.ToBase64String(Encoding.UTF8.GetBytes($"\0{server.User}\0{server.Password}"));
            _signedIn = line == "AUTH PLAIN " + expected;
            if (!_signedIn)
            {
                await WriteAsync("535 5.7.8 Wrong user or password\r\n");
                return true;
            }

            return await AnswerAsync(SmtpStep.SignIn, "235 ok") || !Ended(SmtpStep.SignIn);
        }

        private async Task<bool> TakeAsync()
        {
            if (!await AnswerAsync(SmtpStep.Data, "354 go on"))
                return !Ended(SmtpStep.Data);
            var message = new StringBuilder();
            while (await ReadLineAsync() is { } line)
            {
                if (line == ".")
                {
                    if (!await AnswerAsync(SmtpStep.Message, "250 taken", () => Keep(message.ToString())))
                        return !Ended(SmtpStep.Message);
                    return true;
                }

                message.Append(line.StartsWith('.') ? line[1..] : line).Append('\n');
                if (server._faults.ContainsKey(SmtpStep.Body) && !await AnswerAsync(SmtpStep.Body, ""))
                    return false;
            }

            return false;
        }

        private void Keep(string message)
        {
            server._messages.Enqueue(message);
            server._taken.Release();
        }

        private bool Ended(SmtpStep step) => server._faults.GetValueOrDefault(step) is Stalling or Keeping or Dropping;

        // True when it went on as usual.
        private async Task<bool> AnswerAsync(SmtpStep step, string usual, Action? before = null)
        {
            await server.Thinking(server._end.Token);
            var fault = server._faults.GetValueOrDefault(step);
            if (fault is null or Keeping)
                before?.Invoke();
            switch (fault)
            {
                case null:
                    await server.Thinking(server._end.Token);
                    await WriteAsync(usual + "\r\n");
                    return true;
                case Stalling or Keeping:
                    server._stalled.TrySetResult();
                    await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, server._end.Token);
                    return false;
                case Dropping:
                    return false;
                case var refusal:
                    await WriteAsync(refusal + "\r\n");
                    return false;
            }
        }

        private async Task SecureAsync()
        {
            var secured = new SslStream(_stream);
            await secured.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = server.Certificate }, server._end.Token);
            (_stream, _secured) = (secured, true);
        }

        private Task WriteAsync(string text) => _stream.WriteAsync(Encoding.UTF8.GetBytes(text), server._end.Token).AsTask();

        private async Task<string?> ReadLineAsync()
        {
            var (line, one) = (new List<byte>(), new byte[1]);
            while (await _stream.ReadAsync(one, server._end.Token) == 1)
            {
                if (one[0] == '\n')
                    return Encoding.UTF8.GetString([.. line]).TrimEnd('\r');
                line.Add(one[0]);
            }

            return null;
        }
    }
}
