using System.Net;
using System.Text.Json;
using AImetier.Portal.Features.Conversations;
using AImetier.Portal.Features.IncomingHooks;
using AImetier.Portal.Security;
using AImetier.Portal.Tests.Conversations;
using AImetier.Portal.Tests.Host;
using Shouldly;
using Xunit;

namespace AImetier.Portal.Tests.IncomingHooks;

/// <summary>No proof, no entry: with the right one exactly one question is asked, with any other none.</summary>
public sealed class HookProofTests(AskPortal portal) : IClassFixture<AskPortal>
{
    private const string Body = """{"name": "Anna", "message": "A table for two"}""";

    public static TheoryData<HookProof> Proofs => [.. Enum.GetValues<HookProof>()];

    public static TheoryData<HookProof> Signatures => [HookProof.StandardWebhooks, HookProof.GitHub];

    [Theory]
    [MemberData(nameof(Proofs))]
    public async Task Who_is_proven_asks_one_question_that_is_answered(HookProof proof)
    {
        var key = await portal.GenerateAsync();
        var hook = await portal.MakeHookAsync(proof, "New booking from {{/name}}: {{/message}}", key.TeammateId);
        using var answer = await portal.SendAsync(hook, Body, key: key);
        var (conversationId, replyId) = await answer.ReceiptAsync();
        answer.Headers.Location!.AbsolutePath.ShouldEndWith($"/conversations/{conversationId}/messages/{replyId}");
        await portal.WhenIdleAsync();

        var messages = await portal.MessagesAsync(hook.TeammateId);
        messages.Select(message => message.Status).ShouldBe([MessageStatus.Completed, MessageStatus.Completed]);
        messages[0].Text.ShouldBe("New booking from Anna: A table for two");
        messages[1].Id.ShouldBe(replyId);
        messages[1].Text.ShouldNotBeEmpty();
        (await portal.RefusalsAsync(hook)).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Proofs))]
    public async Task Who_is_not_proven_asks_nothing(HookProof proof)
    {
        var hook = await portal.MakeHookAsync(proof);
        using var unsigned = await portal.PostAsync(hook.Path, Body);
        await unsigned.ShouldBeAsync(HttpStatusCode.Unauthorized, "invalid_proof");
        unsigned.Headers.WwwAuthenticate.ToString().ShouldBe("Bearer realm=\"aimetier\"");
        (await portal.RefusalsAsync(hook)).ShouldBe("NoProof 1");
        (await portal.MessagesAsync(hook.TeammateId)).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Signatures))]
    public async Task What_was_changed_on_the_way_asks_nothing(HookProof proof)
    {
        var hook = await portal.MakeHookAsync(proof);
        var other = await portal.MakeHookAsync(proof, teammateId: hook.TeammateId);
        var headers = portal.Proof(hook, Body);
        (string, string)[][] tampered =
        [
            portal.Proof(other, Body),
            portal.Proof(hook, Body + " "),
            [.. headers.Select(header => header.Name == WebhookSignature.IdHeader ? (header.Name, header.Value + "x") : header).Where(header => proof == HookProof.StandardWebhooks), .. Wrong(headers[^1])],
        ];
        foreach (var one in tampered)
        {
            using var answer = await portal.PostAsync(hook.Path, Body, headers: one);
            await answer.ShouldBeAsync(HttpStatusCode.Unauthorized, "invalid_proof");
        }

        (await portal.MessagesAsync(hook.TeammateId)).ShouldBeEmpty();
        (await portal.RefusalsAsync(hook)).ShouldBe("WrongSignature 3");

        using var good = await portal.PostAsync(hook.Path, Body, headers: headers);
        await good.ReceiptAsync();
        await portal.WhenIdleAsync();
        (await portal.MessagesAsync(hook.TeammateId)).Count.ShouldBe(2);
    }

    [Theory]
    [InlineData(-301)]
    [InlineData(301)]
    public async Task A_time_more_than_5_minutes_away_asks_nothing(int seconds)
    {
        var hook = await portal.MakeHookAsync(HookProof.StandardWebhooks);
        using var stale = await portal.PostAsync(hook.Path, Body, headers: portal.Proof(hook, Body, at: portal.Clock.GetUtcNow().AddSeconds(seconds)));
        await stale.ShouldBeAsync(HttpStatusCode.Unauthorized, "invalid_proof");
        (await portal.RefusalsAsync(hook)).ShouldBe("Stale 1");
        (await portal.MessagesAsync(hook.TeammateId)).ShouldBeEmpty();

        using var fresh = await portal.PostAsync(hook.Path, Body, headers: portal.Proof(hook, Body, at: portal.Clock.GetUtcNow().AddSeconds(seconds > 0 ? 299 : -299)));
        await fresh.ReceiptAsync();
    }

    [Theory]
    [InlineData("webhook-id", "")]
    [InlineData("webhook-timestamp", "")]
    [InlineData("webhook-timestamp", "yesterday")]
    [InlineData("webhook-signature", "v1,short")]
    [InlineData("webhook-signature", "v1a,AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    public async Task A_signature_that_cannot_be_read_asks_nothing(string header, string value)
    {
        var hook = await portal.MakeHookAsync(HookProof.StandardWebhooks);
        var headers = portal.Proof(hook, Body).Select(one => one.Name == header ? (one.Name, value) : one).ToArray();
        using var answer = await portal.PostAsync(hook.Path, Body, headers: headers);
        await answer.ShouldBeAsync(HttpStatusCode.Unauthorized, "invalid_proof");
        (await portal.RefusalsAsync(hook)).ShouldBe("UnreadableSignature 1");
    }

    [Fact]
    public async Task Another_proof_than_the_hook_asks_for_asks_nothing()
    {
        var key = await portal.GenerateAsync();
        var byKey = await portal.MakeHookAsync(HookProof.Key, teammateId: key.TeammateId);
        var standard = await portal.MakeHookAsync(HookProof.StandardWebhooks, teammateId: key.TeammateId);
        var gitHub = await portal.MakeHookAsync(HookProof.GitHub, teammateId: key.TeammateId);
        using var signedForKey = await portal.PostAsync(byKey.Path, Body, headers: portal.Proof(standard, Body));
        await signedForKey.ShouldBeAsync(HttpStatusCode.Unauthorized, "invalid_proof");
        using var standardForGitHub = await portal.PostAsync(gitHub.Path, Body, headers: portal.Proof(standard, Body));
        await standardForGitHub.ShouldBeAsync(HttpStatusCode.Unauthorized, "invalid_proof");

        // A good key is told as much as keys are told everywhere: that there is nothing here for it.
        using var keyForSigned = await portal.PostAsync(standard.Path, Body, headers: portal.Proof(byKey, Body, key));
        await keyForSigned.ShouldBeAsync(HttpStatusCode.NotFound, "not_found");
        using var nothing = await portal.PostAsync(standard.Path[..^1] + "0", Body, headers: portal.Proof(byKey, Body, key));
        (await DetailOfAsync(nothing)).ShouldBe(await DetailOfAsync(keyForSigned));

        foreach (var hook in new[] { byKey, standard, gitHub })
            (await portal.RefusalsAsync(hook)).ShouldBe("OtherProof 1");
        (await portal.MessagesAsync(key.TeammateId)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Keys_are_refused_as_they_are_everywhere()
    {
        var key = await portal.GenerateAsync();
        var stranger = await portal.AddWorkspaceAsync();
        var hook = await portal.MakeHookAsync(HookProof.Key, teammateId: key.TeammateId);
        var (colleague, foreign, revoked) = (await portal.GenerateAsync(), await portal.GenerateAsync(workspaceId: stranger.WorkspaceId), await portal.GenerateAsync(key.TeammateId));
        await portal.RevokeAsync(revoked);

        await RefusedAsync(hook, HttpStatusCode.Forbidden, "wrong_teammate", $"Bearer {colleague.Text}");
        await RefusedAsync(hook, HttpStatusCode.Forbidden, "wrong_teammate", $"Bearer {foreign.Text}");
        await RefusedAsync(hook, HttpStatusCode.Unauthorized, "invalid_key", $"Bearer {revoked.Text}");
        await RefusedAsync(hook, HttpStatusCode.Unauthorized, "invalid_key", $"Bearer {key.WithWrongSecret()}");
        await RefusedAsync(hook, HttpStatusCode.BadRequest, "malformed_authorization", $"Bearer {key.Text} {key.Text}");
        await RefusedAsync(hook, HttpStatusCode.Unauthorized, "invalid_proof", "Basic YTpi");
        (await portal.RefusalsAsync(hook)).ShouldBe("NoProof 1, KeyRefused 2");
        (await portal.MessagesAsync(key.TeammateId)).ShouldBeEmpty();

        // "me" is the key's own teammate, here too.
        using var good = await portal.PostAsync($"/api/v1/teammates/me/hooks/{hook.Id}", Body, headers: ("Authorization", $"Bearer {key.Text}"));
        await good.ReceiptAsync();
    }

    [Theory]
    [MemberData(nameof(Signatures))]
    public async Task Who_is_not_proven_cannot_tell_a_hook_that_is_there_from_one_that_is_not(HookProof proof)
    {
        var hook = await portal.MakeHookAsync(proof);
        var (paused, removed, decoy) = (await portal.MakeHookAsync(proof), await portal.MakeHookAsync(proof), await portal.MakeHookAsync(proof));
        await portal.WithHooksAsync(paused.WorkspaceId, (hooks, actor) => hooks.PauseAsync(paused.Id, actor, CancellationToken.None));
        await portal.WithHooksAsync(removed.WorkspaceId, (hooks, actor) => hooks.RemoveAsync(removed.Id, actor, CancellationToken.None));
        var other = await portal.HireAsync();
        string[] paths =
        [
            hook.Path,
            paused.Path,
            removed.Path,
            $"/api/v1/teammates/{hook.TeammateId}/hooks/hk_00000000000000000000",
            $"/api/v1/teammates/{other}/hooks/{hook.Id}",
            $"/api/v1/teammates/me/hooks/{hook.Id}",
            $"/api/v1/teammates/nonsense/hooks/{hook.Id}",
        ];
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var path in paths)
        {
            // Signed with the secret of another hook, and not at all.
            foreach (var headers in new[] { portal.Proof(decoy, Body), [] })
            {
                using var answer = await portal.PostAsync(path, Body, headers: headers);
                seen.Add($"{(int)answer.StatusCode} {string.Join(' ', answer.Headers.Select(header => header.Key))} {await DetailOfAsync(answer)}");
            }
        }

        seen.ShouldHaveSingleItem().ShouldStartWith("401 ");
    }

    [Fact]
    public async Task Who_is_proven_is_told_that_a_hook_is_paused_and_resumed()
    {
        var hook = await portal.MakeHookAsync(HookProof.StandardWebhooks);
        await portal.WithHooksAsync(hook.WorkspaceId, (hooks, actor) => hooks.PauseAsync(hook.Id, actor, CancellationToken.None));
        using var paused = await portal.SendAsync(hook, Body);
        await paused.ShouldBeAsync(HttpStatusCode.Conflict, "hook_paused");
        (await portal.RefusalsAsync(hook)).ShouldBe("Paused 1");
        (await portal.MessagesAsync(hook.TeammateId)).ShouldBeEmpty();

        await portal.WithHooksAsync(hook.WorkspaceId, (hooks, actor) => hooks.ResumeAsync(hook.Id, actor, CancellationToken.None));
        using var resumed = await portal.SendAsync(hook, Body);
        await resumed.ReceiptAsync();
    }

    [Fact]
    public async Task A_hook_of_another_workspace_asks_its_own_teammate()
    {
        var stranger = await portal.AddWorkspaceAsync();
        var hook = await portal.MakeHookAsync(HookProof.GitHub, workspaceId: stranger.WorkspaceId);
        using var answer = await portal.SendAsync(hook, Body);
        await answer.ReceiptAsync();
        await portal.WhenIdleAsync();
        (await portal.MessagesAsync(hook.TeammateId)).ShouldAllBe(message => message.WorkspaceId == stranger.WorkspaceId);

        // Nobody of the first workspace can do anything with it.
        var ours = await portal.WorkspaceIdAsync();
        (await portal.WithHooksAsync(ours, (hooks, actor) => hooks.PauseAsync(hook.Id, actor, CancellationToken.None))).ShouldBeNull();
        (await portal.WithHooksAsync(ours, (hooks, actor) => hooks.RemoveAsync(hook.Id, actor, CancellationToken.None))).ShouldBeNull();
        (await portal.WithHooksAsync(ours, (hooks, actor) => hooks.ChangeAsync(hook.Id, "Ours", "", actor, CancellationToken.None))).ShouldBeNull();
        (await portal.WithHooksAsync(ours, (hooks, actor) => hooks.ReplaceSecretAsync(hook.Id, null, "0123456789abcdef01", actor, CancellationToken.None)))
            .ShouldBeOfType<HookSecretOutcome.NotFound>();
        (await portal.WithHooksAsync(ours, (hooks, actor) => hooks.MakeAsync(
            new HookDraft(hook.TeammateId, "Ours", "", "Key", null, "0123456789abcdef02"), actor, CancellationToken.None))).ShouldBeOfType<HookSecretOutcome.NotFound>();
        using var again = await portal.SendAsync(hook, Body + " ");
        await again.ReceiptAsync();
    }

    [Fact]
    public async Task After_its_secret_is_replaced_the_old_one_proves_nothing()
    {
        var hook = await portal.MakeHookAsync(HookProof.StandardWebhooks);
        var outcome = await portal.WithHooksAsync(
            hook.WorkspaceId, (hooks, actor) => hooks.ReplaceSecretAsync(hook.Id, "", "nonce_0123456789", actor, CancellationToken.None));
        var replaced = hook with { Secret = outcome.ShouldBeOfType<HookSecretOutcome.Done>().Made };
        using var old = await portal.SendAsync(hook, Body);
        await old.ShouldBeAsync(HttpStatusCode.Unauthorized, "invalid_proof");

        // A sender that signs with both is let in throughout.
        var (fresh, stale) = (portal.Proof(replaced, Body, id: "msg_1"), portal.Proof(hook, Body, id: "msg_1"));
        (string, string)[] both = [.. fresh[..2], (fresh[2].Name, $"{stale[2].Value} {fresh[2].Value}")];
        using var answer = await portal.PostAsync(hook.Path, Body, headers: both);
        await answer.ReceiptAsync();
    }

    [Fact]
    public async Task A_secret_of_a_lost_key_ring_proves_nothing_and_the_admin_is_told()
    {
        var hook = await portal.MakeHookAsync(HookProof.GitHub);
        await portal.LoseSecretAsync(hook.Id);
        using var answer = await portal.SendAsync(hook, Body);
        await answer.ShouldBeAsync(HttpStatusCode.Unauthorized, "invalid_proof");
        (await portal.RefusalsAsync(hook)).ShouldBe("SecretLost 1");
    }

    private static (string Name, string Value)[] Wrong((string Name, string Value) signature) =>
        signature.Name == GitHubSignature.Header ? [(signature.Name, signature.Value[..^1] + (signature.Value[^1] == '0' ? '1' : '0'))] : [];

    private async Task RefusedAsync(TestHook hook, HttpStatusCode status, string code, string authorization)
    {
        using var answer = await portal.PostAsync(hook.Path, Body, headers: ("Authorization", authorization));
        await answer.ShouldBeAsync(status, code);
    }

    private static async Task<string> DetailOfAsync(HttpResponseMessage answer)
    {
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        return string.Join('|', json.RootElement.EnumerateObject().Where(property => property.Name != "requestId").Select(property => $"{property.Name}={property.Value}"));
    }
}
