using System.Runtime.CompilerServices;
using System.Text.Json;
using AImetier.Portal.Features.IncomingHooks;
using AImetier.Portal.Tests.Conversations;
using AImetier.Portal.Tests.Host;
using Shouldly;
using Xunit;

namespace AImetier.Portal.Tests.IncomingHooks;

/// <summary>Senders from outside: the npm package <c>standardwebhooks</c>, GitHub's recipe in Node, and a bearer key.</summary>
public sealed class HookSenderTests(AskPortal portal) : IClassFixture<AskPortal>
{
    private const string Question = "New booking from Anna: A table for two, déjà vu 🎉";

    [Fact]
    public async Task Each_proof_makes_exactly_one_question_and_everything_else_makes_none()
    {
        // The senders ask the machine for the time.
        portal.Clock.SetUtcNow(TimeProvider.System.GetUtcNow());
        const string Template = "New booking from {{/name}}: {{/message}}";
        var key = await portal.GenerateAsync();
        var standard = await portal.MakeHookAsync(HookProof.StandardWebhooks, Template);
        var gitHub = await portal.MakeHookAsync(HookProof.GitHub, Template);
        var byKey = await portal.MakeHookAsync(HookProof.Key, Template, key.TeammateId);
        var argument = new
        {
            address = new Uri(portal.Address, standard.Path),
            secret = standard.Secret!.Reveal(),
            gitHubAddress = new Uri(portal.Address, gitHub.Path),
            gitHubSecret = gitHub.Secret!.Reveal(),
            keyAddress = new Uri(portal.Address, byKey.Path),
            key = key.Text,
        };
        var seen = JsonDocument.Parse(await NodeTool.RunScriptAsync(Path.Combine(Here(), "hook-senders.mjs"), JsonSerializer.Serialize(argument))).RootElement;
        await portal.WhenIdleAsync();

        foreach (var proof in seen.EnumerateObject())
        {
            foreach (var sent in proof.Value.EnumerateObject())
                sent.Value.GetInt32().ShouldBe(sent.Name is "good" or "replayed" ? 202 : 401, $"{proof.Name} {sent.Name}");
        }

        foreach (var hook in new[] { standard, gitHub, byKey })
        {
            var messages = await portal.MessagesAsync(hook.TeammateId);
            messages.Count.ShouldBe(2, hook.Proof.ToString());
            messages[0].Text.ShouldBe(Question);
        }

        (await portal.RefusalsAsync(standard)).ShouldBe("NoProof 1, WrongSignature 2, Stale 2");
        (await portal.RefusalsAsync(gitHub)).ShouldBe("NoProof 2, WrongSignature 1");
        (await portal.RefusalsAsync(byKey)).ShouldBe("NoProof 1, KeyRefused 1");
    }

    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
