using AImetier.Portal.Features.Connectors;
using AImetier.Portal.Tests.Host;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Time.Testing;
using Shouldly;
using Xunit;

namespace AImetier.Portal.Tests.Connectors;

/// <summary>What every behavior of a mail server comes to.</summary>
public sealed class SmtpMailTests
{
    private const string Password = "correct horse";
    private static readonly EphemeralDataProtectionProvider Keys = new();
    private readonly FakeTimeProvider _clock = new(TimeProvider.System.GetUtcNow());
    private readonly MailPassword _passwords = new(Keys);

    [Theory]
    [InlineData(EmailTls.None)]
    [InlineData(EmailTls.StartTls)]
    [InlineData(EmailTls.Implicit)]
    public async Task A_message_arrives_as_it_was_written(EmailTls tls)
    {
        await using var server = new TestSmtpServer { Tls = tls, User = "bakery", Password = Password };
        (await SendAsync(server, body: "Bonjour,\n.\nà demain\n")).ShouldBeOfType<SendOutcome.Sent>();
        var message = server.Messages.ShouldHaveSingleItem();
        using var stream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(message));
        var read = await MimeKit.MimeMessage.LoadAsync(stream);
        read.TextBody!.ReplaceLineEndings("\n").ShouldBe("Bonjour,\n.\nà demain\n");
        read.Subject.ShouldBe("Order");
        read.MessageId.ShouldBe("apr_1@bakery.test");
        read.From.ToString().ShouldBe("\"The Bakery\" <mail@bakery.test>");
        read.To.ToString().ShouldBe("client@example.com");
    }

    [Theory]
    [InlineData(SmtpStep.Connect, "554 Not you", SendFailure.Unreachable)]
    [InlineData(SmtpStep.StartTls, "454 Not now", SendFailure.TlsFailed)]
    [InlineData(SmtpStep.SignIn, "535 5.7.8 Not so", SendFailure.SignInRefused)]
    [InlineData(SmtpStep.Mail, "550 Not from you", SendFailure.SenderRefused)]
    [InlineData(SmtpStep.Mail, "451 Later", SendFailure.SenderRefused)]
    [InlineData(SmtpStep.Rcpt, "550 Nobody", SendFailure.RecipientRefused)]
    [InlineData(SmtpStep.Rcpt, "554 Nobody", SendFailure.RecipientRefused)]
    [InlineData(SmtpStep.Rcpt, "450 Later", SendFailure.RecipientRefused)]
    [InlineData(SmtpStep.Data, "554 No", SendFailure.MessageRefused)]
    [InlineData(SmtpStep.Message, "554 Spam", SendFailure.MessageRefused)]
    [InlineData(SmtpStep.Message, "452 Full", SendFailure.MessageRefused)]
    [InlineData(SmtpStep.Message, "421 Going down", SendFailure.MessageRefused)]
    public async Task A_refusal_has_surely_not_left_and_says_the_server_s_words(SmtpStep step, string answer, SendFailure failure)
    {
        await using var server = Server().Refusing(step, answer);
        (await SendAsync(server)).ShouldBe(new SendOutcome.Failed(failure, answer));
        server.Messages.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(SmtpStep.Connect)]
    [InlineData(SmtpStep.StartTls)]
    [InlineData(SmtpStep.SignIn)]
    [InlineData(SmtpStep.Mail)]
    [InlineData(SmtpStep.Rcpt)]
    [InlineData(SmtpStep.Data)]
    public async Task A_connection_lost_before_the_message_has_surely_sent_nothing(SmtpStep step)
    {
        await using var server = Server().DroppingAt(step);
        (await SendAsync(server)).ShouldBe(new SendOutcome.Failed(SendFailure.Unreachable, null));
    }

    [Theory]
    [InlineData(SmtpStep.Body)]
    [InlineData(SmtpStep.Message)]
    public async Task A_connection_lost_after_the_message_began_leaves_it_open(SmtpStep step)
    {
        await using var server = Server().DroppingAt(step);
        (await SendAsync(server, body: new string('x', 40_000))).ShouldBeOfType<SendOutcome.Uncertain>();
    }

    [Fact]
    public async Task Words_that_are_no_answer_leave_it_open()
    {
        await using var server = Server().Refusing(SmtpStep.Message, "thank you");
        (await SendAsync(server)).ShouldBeOfType<SendOutcome.Uncertain>();
    }

    [Theory]
    [InlineData(SmtpStep.Connect, 20)]
    [InlineData(SmtpStep.StartTls, 20)]
    [InlineData(SmtpStep.SignIn, 100)]
    [InlineData(SmtpStep.Mail, 100)]
    [InlineData(SmtpStep.Data, 100)]
    public async Task A_server_that_stalls_before_the_message_is_left(SmtpStep step, int seconds)
    {
        await using var server = Server().StallingAt(step);
        var sending = SendAsync(server);
        await server.Stalled;
        _clock.Advance(TimeSpan.FromSeconds(seconds - 1));
        sending.IsCompleted.ShouldBeFalse();
        _clock.Advance(TimeSpan.FromSeconds(1));
        (await sending).ShouldBe(new SendOutcome.Failed(SendFailure.Unreachable, null));
    }

    [Fact]
    public async Task A_server_that_stalls_after_the_message_leaves_it_open()
    {
        await using var server = Server().StallingAt(SmtpStep.Message);
        var sending = SendAsync(server);
        await server.Stalled;
        _clock.Advance(SmtpMail.Longest);
        (await sending).ShouldBeOfType<SendOutcome.Uncertain>();
    }

    [Theory]
    [InlineData(SmtpStep.Mail, false)]
    [InlineData(SmtpStep.Message, true)]
    public async Task Giving_up_is_judged_by_how_far_it_came(SmtpStep step, bool open)
    {
        await using var server = Server().StallingAt(step);
        using var patience = new CancellationTokenSource();
        var sending = SendAsync(server, cancellationToken: patience.Token);
        await server.Stalled;
        await patience.CancelAsync();
        (await sending is SendOutcome.Uncertain).ShouldBe(open);
    }

    [Fact]
    public async Task A_goodbye_that_goes_wrong_changes_nothing()
    {
        await using var dropping = Server().DroppingAt(SmtpStep.Quit);
        (await SendAsync(dropping)).ShouldBeOfType<SendOutcome.Sent>();
        await using var stalling = Server().StallingAt(SmtpStep.Quit);
        var sending = SendAsync(stalling);
        await stalling.Stalled;
        _clock.Advance(TimeSpan.FromSeconds(5));
        (await sending).ShouldBeOfType<SendOutcome.Sent>();
        stalling.Messages.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Without_STARTTLS_nothing_is_said_in_the_open()
    {
        await using var server = new TestSmtpServer { Tls = EmailTls.StartTls, OffersStartTls = false, User = "bakery", Password = Password };
        (await SendAsync(server)).ShouldBe(new SendOutcome.Failed(SendFailure.TlsFailed, null));
        server.Commands.ShouldAllBe(command => command.StartsWith("EHLO", StringComparison.Ordinal) || command == "QUIT");
    }

    [Theory]
    [InlineData(EmailTls.StartTls)]
    [InlineData(EmailTls.Implicit)]
    public async Task A_certificate_nobody_trusts_or_of_another_host_ends_it(EmailTls tls)
    {
        await using var server = new TestSmtpServer { Tls = tls, User = "bakery", Password = Password };
        (await SendAsync(server, trust: new MailTrust())).ShouldBe(new SendOutcome.Failed(SendFailure.TlsFailed, null));
        await using var another = new TestSmtpServer { Tls = tls, User = "bakery", Password = Password, Certificate = TestCertificates.ForAnother };
        (await SendAsync(another)).ShouldBe(new SendOutcome.Failed(SendFailure.TlsFailed, null));
        (server.Messages.Count + another.Messages.Count).ShouldBe(0);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_unreachable()
    {
        await using var server = new TestSmtpServer();
        var connector = Connector(server);
        connector.Port = FreePort.Find();
        (await SendAsync(connector)).ShouldBe(new SendOutcome.Failed(SendFailure.Unreachable, null));
    }

    [Fact]
    public async Task A_wrong_password_and_a_missing_sign_in_are_told_as_such()
    {
        await using var server = new TestSmtpServer { User = "bakery", Password = "another" };
        (await SendAsync(server)).ShouldBe(new SendOutcome.Failed(SendFailure.SignInRefused, "535 5.7.8 Wrong user or password"));
        var connector = Connector(server);
        (connector.UserName, connector.ProtectedPassword) = (null, null);
        (await SendAsync(connector)).ShouldBe(new SendOutcome.Failed(SendFailure.SignInRefused, "530 5.7.0 Authentication required"));
    }

    [Fact]
    public async Task A_server_without_sign_in_gets_no_password()
    {
        await using var server = new TestSmtpServer();
        (await SendAsync(server)).ShouldBe(new SendOutcome.Failed(SendFailure.SignInRefused, null));
        server.Commands.ShouldNotContain("AUTH");
    }

    [Fact]
    public async Task A_password_of_a_lost_key_ring_is_told_and_nothing_tried()
    {
        await using var server = Server();
        var connector = Connector(server);
        connector.ProtectedPassword = new MailPassword(new EphemeralDataProtectionProvider()).Protect("ws_1", Password);
        (await SendAsync(connector)).ShouldBe(new SendOutcome.Failed(SendFailure.PasswordLost, null));
        server.Commands.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_server_s_words_are_short_visible_and_without_the_password()
    {
        var base64 = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"\0bakery\0{Password}"));
        await using var server = Server().Refusing(SmtpStep.SignIn, $"535-You said {Password}\r\n535 or {base64}\u0007\u202E {new string('x', 400)}");
        var failed = (await SendAsync(server)).ShouldBeOfType<SendOutcome.Failed>();
        failed.Detail.ShouldNotBeNull();
        failed.Detail.ShouldStartWith("535 You said …");
        failed.Detail.Length.ShouldBeInRange(290, 300);
        failed.Detail.ShouldNotContain(Password);
        failed.Detail.ShouldNotContain(base64);
        failed.Detail.ShouldAllBe(character => !char.IsControl(character) && character != '\u202E');
    }

    private static TestSmtpServer Server() => new() { Tls = EmailTls.StartTls, User = "bakery", Password = Password };

    private EmailConnector Connector(TestSmtpServer server) => new()
    {
        WorkspaceId = "ws_1",
        Host = "localhost",
        Port = server.Port,
        Tls = server.Tls,
        UserName = "bakery",
        ProtectedPassword = _passwords.Protect("ws_1", Password),
        FromAddress = "mail@bakery.test",
        FromName = "The Bakery",
        ChangedAt = _clock.GetUtcNow(),
    };

    private Task<SendOutcome> SendAsync(TestSmtpServer server, string body = "Hello", MailTrust? trust = null, CancellationToken cancellationToken = default) =>
        SendAsync(Connector(server), body, trust, cancellationToken);

    private Task<SendOutcome> SendAsync(EmailConnector connector, string body = "Hello", MailTrust? trust = null, CancellationToken cancellationToken = default)
    {
        var message = new MailMessages(_clock).Compose("apr_1", connector.From(), new EmailContent("client@example.com", "Order", body));
        return new SmtpMail(_passwords, trust ?? new MailTrust(TestCertificates.Root), _clock).SendAsync(connector, message, cancellationToken);
    }
}
