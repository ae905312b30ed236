using AImetier.Portal.Security;
using CsCheck;
using Shouldly;
using Xunit;

namespace AImetier.Portal.Tests.Security;

public sealed class WebhookSignatureTests
{
    private const string Id = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    private const string Timestamp = "1614265330";
    private static readonly byte[] Body = """{"test": 2432232314}"""u8.ToArray();
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1614265330);

    [Fact]
    public void The_published_vector_is_signed_alike()
    {
        // A dead secret, printed in the documents of Svix and Standard Webhooks.
        var secret = Parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
        WebhookSignature.Sign([secret], Id, Timestamp, Body).ShouldBe("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    [Fact]
    public void A_check_says_what_is_wrong()
    {
        var (secret, other) = (WebhookSecret.Generate(), WebhookSecret.Generate());
        var signature = WebhookSignature.Sign([secret], Id, Timestamp, Body);
        SignatureCheck Check(string? id = Id, string? timestamp = Timestamp, string? signatures = null, byte[]? body = null, TimeSpan later = default) =>
            WebhookSignature.Verify([secret], id, timestamp, signatures ?? signature, body ?? Body, Now + later);

        Check().ShouldBe(new SignatureCheck.Good());
        Check(id: null).ShouldBe(new SignatureCheck.IdMissing());
        Check(id: "").ShouldBe(new SignatureCheck.IdMissing());
        Check(id: "msg_other").ShouldBe(new SignatureCheck.Mismatch());
        Check(timestamp: null).ShouldBe(new SignatureCheck.TimestampMissing());
        foreach (var unreadable in new[] { "yesterday", " 1614265330", "1614265330.0", "+1614265330", "-1", "1e9", "１６１４２６５３３０", "99999999999999999999", "0x1", "161426533000" })
            Check(timestamp: unreadable).ShouldBe(new SignatureCheck.TimestampUnreadable(), unreadable);
        Check(timestamp: "1614265331").ShouldBe(new SignatureCheck.Mismatch());
        Check(later: WebhookSignature.Tolerance).ShouldBe(new SignatureCheck.Good());
        Check(later: -WebhookSignature.Tolerance).ShouldBe(new SignatureCheck.Good());
        Check(later: TimeSpan.FromSeconds(301)).ShouldBe(new SignatureCheck.TimestampStale(TimeSpan.FromSeconds(301)));
        Check(later: TimeSpan.FromSeconds(-301)).ShouldBe(new SignatureCheck.TimestampStale(TimeSpan.FromSeconds(-301)));
        Check(signatures: "").ShouldBe(new SignatureCheck.SignatureMissing());
        Check(signatures: "   ").ShouldBe(new SignatureCheck.SignatureMissing());
        Check(signatures: "v1a,abc v2,def").ShouldBe(new SignatureCheck.OtherVersion());
        Check(signatures: signature[3..]).ShouldBe(new SignatureCheck.OtherVersion());
        Check(signatures: signature[..^1]).ShouldBe(new SignatureCheck.SignatureUnreadable());
        Check(signatures: "v1,").ShouldBe(new SignatureCheck.SignatureUnreadable());
        Check(signatures: WebhookSignature.Sign([other], Id, Timestamp, Body)).ShouldBe(new SignatureCheck.Mismatch());
        Check(signatures: WebhookSignature.Sign([other, secret], Id, Timestamp, Body)).ShouldBe(new SignatureCheck.Good());
        Check(signatures: $"v1a,abc  v1,cut {signature}").ShouldBe(new SignatureCheck.Good());
        Check(body: [.. Body, 10]).ShouldBe(new SignatureCheck.Mismatch());
        Check(body: []).ShouldBe(new SignatureCheck.Mismatch());
        WebhookSignature.Verify([other, secret], Id, Timestamp, signature, Body, Now).ShouldBe(new SignatureCheck.Good());
        WebhookSignature.Verify([], Id, Timestamp, signature, Body, Now).ShouldBe(new SignatureCheck.Mismatch());
    }

    [Fact]
    public void No_header_breaks_the_check_and_none_is_accepted()
    {
        var secret = WebhookSecret.Generate();
        Gen.Select(Gen.String, Gen.String, Gen.String).Sample(
            (id, timestamp, signature) => WebhookSignature.Verify([secret], id, timestamp, "v1," + signature, Body, Now).ShouldNotBe(new SignatureCheck.Good()), iter: 20_000);
        Gen.String.Sample(text => GitHubSignature.Verify(secret, "sha256=" + text, Body).ShouldNotBe(new SignatureCheck.Good()), iter: 20_000);
    }

    [Fact]
    public void Githubs_signature_is_checked_by_githubs_recipe()
    {
        // The example of GitHub's documentation.
        var secret = WebhookSecret.OfText("It's a Secret to Everybody");
        var body = "Hello, World!"u8.ToArray();
        const string signature = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";

        GitHubSignature.Sign(secret, body).ShouldBe(signature);
        GitHubSignature.Verify(secret, signature, body).ShouldBe(new SignatureCheck.Good());
        GitHubSignature.Verify(secret, "sha256=" + signature[7..].ToUpperInvariant(), body).ShouldBe(new SignatureCheck.Good());
        GitHubSignature.Verify(secret, null, body).ShouldBe(new SignatureCheck.SignatureMissing());
        GitHubSignature.Verify(secret, "sha1=" + signature[7..47], body).ShouldBe(new SignatureCheck.OtherVersion());
        GitHubSignature.Verify(secret, signature[..^1], body).ShouldBe(new SignatureCheck.SignatureUnreadable());
        GitHubSignature.Verify(secret, signature[..^1] + "g", body).ShouldBe(new SignatureCheck.SignatureUnreadable());
        GitHubSignature.Verify(secret, signature[..^1] + "8", body).ShouldBe(new SignatureCheck.Mismatch());
        GitHubSignature.Verify(secret, signature, "Hello, World"u8).ShouldBe(new SignatureCheck.Mismatch());
        GitHubSignature.Verify(WebhookSecret.OfText("another"), signature, body).ShouldBe(new SignatureCheck.Mismatch());
    }

    [Fact]
    public void A_secret_is_32_random_bytes_reads_itself_back_and_prints_itself_masked()
    {
        var secret = WebhookSecret.Generate();
        secret.Reveal().ShouldMatch("^whsec_[A-Za-z0-9+/]{43}=$");
        secret.SignsLike(WebhookSecret.Generate()).ShouldBeFalse();
        Parse(secret.Reveal()).SignsLike(secret).ShouldBeTrue();
        Parse($"  {secret.Reveal()[6..]}\n").Reveal().ShouldBe(secret.Reveal());
        $"{secret}".ShouldBe("whsec_••••••••");
        new Holder(secret).ToString().ShouldBe("Holder { Secret = whsec_•••••••• }");
        SecretRedaction.Redact($"secret {secret.Reveal()}.").ShouldNotContain(secret.Reveal()[6..]);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("whsec_")]
    [InlineData("whsec_abc")]
    [InlineData("whsec_not base64 at all, but long enough to be one")]
    [InlineData("WHSEC_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")]
    [InlineData("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2La\nLaSw")]
    [InlineData("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLa")]
    public void What_is_no_secret_is_not_read(string? text) => WebhookSecret.TryParse(text, out _).ShouldBeFalse();

    [Theory]
    [InlineData(23, false)]
    [InlineData(24, true)]
    [InlineData(64, true)]
    [InlineData(65, false)]
    public void A_key_has_24_to_64_bytes(int bytes, bool isRead) => WebhookSecret.TryParse("whsec_" + Convert.ToBase64String(new byte[bytes]), out _).ShouldBe(isRead);

    private static WebhookSecret Parse(string text) => WebhookSecret.TryParse(text, out var secret) ? secret : throw new InvalidOperationException("That is no secret.");

    private sealed record Holder(WebhookSecret Secret);
}
