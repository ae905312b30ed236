namespace AImetier.Portal.Features.Developer;

/// <summary>
/// Receivers that check signatures over the raw body, without packages. Each is a program: it listens on <c>PORT</c>, 4000 by default, with its secret in
/// <see cref="SecretVariable"/>. Tests run every one of them.
/// </summary>
/// <remarks>Standard Webhooks 1.0, "Verifying webhook authenticity".</remarks>
public static class WebhookSamples
{
    /// <summary>Environment variable with the secret.</summary>
    public const string SecretVariable = "AIMETIER_WEBHOOK_SECRET";

    private const string CSharp =
        """
        // receiver.cs, for .NET 10. Run it with: dotnet run receiver.cs
        #:sdk Microsoft.NET.Sdk.Web
        #:property PublishAot=false
        using System.Security.Cryptography;
        using System.Text;
        using System.Text.Json;

        var key = Convert.FromBase64String(Environment.GetEnvironmentVariable("AIMETIER_WEBHOOK_SECRET")!["whsec_".Length..]);
        var app = WebApplication.CreateBuilder(args).Build();

        app.MapPost("/{**path}", async (HttpRequest request) =>
        {
            // The raw bytes: nothing may parse and rewrite them before the check.
            using var raw = new MemoryStream();
            await request.Body.CopyToAsync(raw);
            var body = raw.ToArray();
            if (!IsGenuine(request.Headers, body))
                return Results.BadRequest("The signature does not fit.");

            // The same webhook-id may come twice: remember it, and do slow work after the answer.
            using var message = JsonDocument.Parse(body);
            Console.WriteLine($"{request.Headers["webhook-id"]} {message.RootElement.GetProperty("type")}");
            return Results.NoContent();
        });
        app.Run($"http://127.0.0.1:{Environment.GetEnvironmentVariable("PORT") ?? "4000"}");

        bool IsGenuine(IHeaderDictionary headers, byte[] body)
        {
            var (id, timestamp) = (headers["webhook-id"].ToString(), headers["webhook-timestamp"].ToString());
            if (!long.TryParse(timestamp, out var seconds) || Math.Abs(DateTimeOffset.UtcNow.ToUnixTimeSeconds() - seconds) > 5 * 60)
                return false;
            byte[] signed = [.. Encoding.UTF8.GetBytes($"{id}.{timestamp}."), .. body];
            var expected = Encoding.UTF8.GetBytes("v1," + Convert.ToBase64String(HMACSHA256.HashData(key, signed)));
            return headers["webhook-signature"].ToString().Split(' ')
                .Any(signature => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(signature), expected));
        }
        """;

    private const string JavaScript =
        """
        // receiver.mjs, for Node 18 or newer. Run it with: node receiver.mjs
        import { createHmac, timingSafeEqual } from "node:crypto";
        import { createServer } from "node:http";

        const key = Buffer.from(process.env.AIMETIER_WEBHOOK_SECRET.slice("whsec_".length), "base64");

        function isGenuine(headers, body) {
          const [id, timestamp, signatures] = ["id", "timestamp", "signature"].map((name) => headers[`webhook-${name}`] ?? "");
          if (!/^\d+$/.test(timestamp) || Math.abs(Date.now() / 1000 - Number(timestamp)) > 5 * 60) return false;
          const tag = createHmac("sha256", key).update(`${id}.${timestamp}.`).update(body).digest("base64");
          const expected = Buffer.from(`v1,${tag}`);
          return signatures.split(" ").map((signature) => Buffer.from(signature))
            .some((signature) => signature.length === expected.length && timingSafeEqual(signature, expected));
        }

        createServer(async (request, response) => {
          // The raw bytes: nothing may parse and rewrite them before the check.
          const pieces = [];
          for await (const piece of request) pieces.push(piece);
          const body = Buffer.concat(pieces);
          if (!isGenuine(request.headers, body)) return response.writeHead(400).end("The signature does not fit.");

          // The same webhook-id may come twice: remember it, and do slow work after the answer.
          console.log(request.headers["webhook-id"], JSON.parse(body).type);
          response.writeHead(204).end();
        }).listen(process.env.PORT ?? 4000, "127.0.0.1");
        """;

    private const string Python =
        """
        # receiver.py, for Python 3.8 or newer. Run it with: python3 receiver.py
        import base64, hashlib, hmac, json, os, time
        from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

        KEY = base64.b64decode(os.environ["AIMETIER_WEBHOOK_SECRET"][len("whsec_"):])


        def is_genuine(headers, body):
            id, timestamp = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
            if not timestamp.isdecimal() or abs(time.time() - int(timestamp)) > 5 * 60:
                return False
            tag = hmac.new(KEY, f"{id}.{timestamp}.".encode() + body, hashlib.sha256).digest()
            expected = b"v1," + base64.b64encode(tag)
            signatures = headers.get("webhook-signature", "").split(" ")
            return any(hmac.compare_digest(signature.encode(), expected) for signature in signatures)


        class Receiver(BaseHTTPRequestHandler):
            def do_POST(self):
                # The raw bytes: nothing may parse and rewrite them before the check.
                body = self.rfile.read(int(self.headers.get("content-length", 0)))
                genuine = is_genuine(self.headers, body)
                self.send_response(204 if genuine else 400)
                self.end_headers()
                if genuine:
                    # The same webhook-id may come twice: remember it.
                    print(self.headers["webhook-id"], json.loads(body)["type"], flush=True)


        ThreadingHTTPServer(("127.0.0.1", int(os.environ.get("PORT", 4000))), Receiver).serve_forever()
        """;

    /// <summary>Every receiver, in the order shown.</summary>
    public static IReadOnlyList<WebhookSample> All { get; } =
    [
        new("csharp", "C#", "receiver.cs", CSharp),
        new("javascript", "JavaScript", "receiver.mjs", JavaScript),
        new("python", "Python", "receiver.py", Python),
    ];
}
