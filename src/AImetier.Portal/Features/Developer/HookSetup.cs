using AImetier.Portal.Features.IncomingHooks;

namespace AImetier.Portal.Features.Developer;

/// <summary>Ready text that sets a sender up. Secrets stand in it as environment variables only.</summary>
public static class HookSetup
{
    /// <summary>Environment variable with the secret that signs.</summary>
    public const string SecretVariable = "AIMETIER_HOOK_SECRET";

    /// <summary>What the samples send.</summary>
    public const string SampleBody = """{"name": "Anna", "message": "A table for two on Friday?"}""";

    /// <summary>Content types that can be tried.</summary>
    public static readonly IReadOnlyList<string> SampleTypes = [HookQuestion.Json, HookQuestion.Form, HookQuestion.PlainText];

    /// <summary>What to fill in on GitHub, and a command of its own tool that does the same.</summary>
    /// <param name="address">Address of the hook.</param>
    public static string GitHub(string address) =>
        $"""
        # On GitHub: Settings > Webhooks > Add webhook
        #   Payload URL       {address}
        #   Content type      application/json
        #   Secret            the secret of this address
        #   SSL verification  enabled
        #   Events            those that the teammate should hear of
        # Or the same in a terminal:
        gh api repos/OWNER/REPOSITORY/hooks -f name=web -F active=true -f "events[]=issues" \
          -f "config[url]={address}" -f "config[content_type]=json" -f "config[secret]=${SecretVariable}"
        """;

    /// <summary>A script for bash that sends the sample with curl, and openssl where it signs.</summary>
    /// <param name="proof">How the sender proves itself.</param>
    /// <param name="address">Address of the hook.</param>
    public static string Curl(HookProof proof, string address) => proof switch
    {
        HookProof.Key =>
            $"""
            curl {address} \
              -H "Authorization: Bearer $AIMETIER_API_KEY" \
              -H "Content-Type: application/json" \
              -d '{SampleBody}'
            """,
        HookProof.StandardWebhooks =>
            $$"""
            body='{{SampleBody}}'
            id="msg_$(openssl rand -hex 12)"
            timestamp=$(date +%s)
            key=$(printf %s "${{{SecretVariable}}#whsec_}" | openssl base64 -d -A | od -An -v -tx1 | tr -d ' \n')
            signature=$(printf %s "$id.$timestamp.$body" | openssl dgst -sha256 -mac HMAC -macopt "hexkey:$key" -binary | openssl base64 -A)
            curl {{address}} \
              -H "webhook-id: $id" \
              -H "webhook-timestamp: $timestamp" \
              -H "webhook-signature: v1,$signature" \
              -H "Content-Type: application/json" \
              -d "$body"
            """,
        _ =>
            $"""
            body='{SampleBody}'
            signature=$(printf %s "$body" | openssl dgst -sha256 -hmac "${SecretVariable}" -r | cut -d ' ' -f 1)
            curl {address} \
              -H "X-Hub-Signature-256: sha256=$signature" \
              -H "Content-Type: application/json" \
              -d "$body"
            """,
    };

    /// <summary>A program for Node 18 or newer, without packages: the server side of a plain HTML form.</summary>
    /// <param name="proof">How the sender proves itself.</param>
    /// <param name="address">Address of the hook.</param>
    public static string Form(HookProof proof, string address) =>
        $$"""
        // form.mjs, for <form method="post" action="/">. Run it with: node form.mjs
        import {{(proof == HookProof.Key ? "" : "{ createHmac, randomUUID } from \"node:crypto\";\nimport ")}}{ createServer } from "node:http";

        const address = "{{address}}";

        createServer(async (request, response) => {
          if (request.method !== "POST") return response.writeHead(405, { Allow: "POST" }).end();
          let form = "";
          for await (const piece of request.setEncoding("utf8")) {
            form += piece;
            if (form.length > 100_000) return response.writeHead(413).end();
          }
          const body = JSON.stringify(Object.fromEntries(new URLSearchParams(form)));
        {{Headers(proof)}}
          const answer = await fetch(address, { method: "POST", headers: { ...proof, "Content-Type": "application/json" }, body });
          response.writeHead(answer.ok ? 200 : 502, { "Content-Type": "text/plain; charset=utf-8" });
          response.end(answer.ok ? "Thank you!" : "That did not work. Please try again later.");
        }).listen(process.env.PORT ?? 8080);
        """;

    private static string Headers(HookProof proof) => proof switch
    {
        HookProof.Key => """  const proof = { Authorization: `Bearer ${process.env.AIMETIER_API_KEY}` };""",
        HookProof.StandardWebhooks =>
            $$"""
              const [id, timestamp] = [`msg_${randomUUID()}`, Math.floor(Date.now() / 1000)];
              const key = Buffer.from(process.env.{{SecretVariable}}.replace("whsec_", ""), "base64");
              const signature = createHmac("sha256", key).update(`${id}.${timestamp}.${body}`).digest("base64");
              const proof = { "webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": `v1,${signature}` };
            """,
        _ =>
            $$"""
              const signature = createHmac("sha256", process.env.{{SecretVariable}}).update(body).digest("hex");
              const proof = { "X-Hub-Signature-256": `sha256=${signature}`, "Idempotency-Key": randomUUID() };
            """,
    };
}
