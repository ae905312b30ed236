using System.Text;
using AImetier.Portal.Data;
using AImetier.Portal.Features.Activity;
using AImetier.Portal.Features.Teammates;
using AImetier.Portal.Features.Webhooks;
using AImetier.Portal.Tests.Host;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace AImetier.Portal.Tests.Webhooks;

/// <summary>Adding, changing and ending endpoints through the service.</summary>
public sealed class WebhookServiceTests(WebhookPortal portal) : IClassFixture<WebhookPortal>
{
    private const string Url = "http://127.0.0.1:9009/hooks";

    [Fact]
    public async Task An_endpoint_is_added_with_a_secret_that_is_shown_once_and_kept_encrypted()
    {
        var teammate = await portal.HireAsync();
        var form = new WebhookForm($" {Url}?room=1 ", ["token.revoked", "message.completed", "nonsense", null], " Shop ");
        var added = (AddWebhookOutcome.Added)await AddAsync(teammate, form);
        added.Secret.Reveal().ShouldStartWith("whsec_");

        var listed = (await portal.AsPersonAsync((WebhookLog log, Actor _) => log.ListAsync(teammate, CancellationToken.None))).Single();
        listed.Url.ShouldBe($"{Url}?room=1");
        listed.Host.ShouldBe("127.0.0.1:9009");
        listed.Events.ShouldBe(["message.completed", "token.revoked"]);
        listed.Note.ShouldBe("Shop");
        listed.State.ShouldBe(WebhookState.Active);
        listed.CreatedByName.ShouldBe("Ann");
        (await portal.ActsAsync(listed.Id)).ShouldBe([ActivityAction.WebhookAdded]);

        // The control: the address is found in the files, so the secret would be.
        var files = Directory.GetFiles(portal.DataDirectory, "portal.db*").Select(file => Encoding.Latin1.GetString(ReadShared(file))).ToList();
        files.ShouldContain(text => text.Contains("?room=1", StringComparison.Ordinal));
        var secret = added.Secret.Reveal()["whsec_".Length..];
        files.ShouldAllBe(text => !text.Contains(secret, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("", nameof(WebhookProblem.NoUrl))]
    [InlineData("example.com", nameof(WebhookProblem.UnreadableUrl))]
    [InlineData("ftp://127.0.0.1/x", nameof(WebhookProblem.NotHttps))]
    [InlineData("http://me:secret@127.0.0.1:9009/", nameof(WebhookProblem.UserInfo))]
    [InlineData("http://0x7f.1:9009/", nameof(WebhookProblem.NotAHostName))]
    [InlineData("http://127.0.0.1:25/", nameof(WebhookProblem.OtherPort))]
    [InlineData("http://10.0.0.1/", nameof(WebhookProblem.NotPublic))]
    [InlineData("http://nobody.invalid/", nameof(WebhookProblem.UnknownHost))]
    public async Task An_address_that_does_not_fit_is_refused_with_its_reason(string url, string problem)
    {
        var teammate = await portal.HireAsync();
        var refused = (await AddAsync(teammate, WebhookPortal.Form(url))).ShouldBeOfType<AddWebhookOutcome.Refused>();
        refused.Problems.ShouldHaveSingleItem().ShouldBe(KeyValuePair.Create(nameof(WebhookForm.Url), Enum.Parse<WebhookProblem>(problem)));
    }

    [Fact]
    public async Task Every_field_that_does_not_fit_is_named()
    {
        var refused = (await AddAsync(await portal.HireAsync(), new WebhookForm($"{Url}/{new string('x', 2100)}", ["nonsense"], "a\u202Eb"))).ShouldBeOfType<AddWebhookOutcome.Refused>();
        refused.Problems.ShouldBe(
            new Dictionary<string, WebhookProblem>(StringComparer.Ordinal)
            {
                [nameof(WebhookForm.Url)] = WebhookProblem.UrlTooLong,
                [nameof(WebhookForm.Events)] = WebhookProblem.NoEvents,
                [nameof(WebhookForm.Note)] = WebhookProblem.BadNote,
            },
            ignoreOrder: true);
    }

    [Fact]
    public async Task A_form_makes_one_endpoint_however_often_it_is_submitted()
    {
        var teammate = await portal.HireAsync();
        var nonce = EntityId.New("nonce");
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => AddAsync(teammate, WebhookPortal.Form(Url), nonce)));
        var added = outcomes.OfType<AddWebhookOutcome.Added>().ShouldHaveSingleItem();
        outcomes.OfType<AddWebhookOutcome.AlreadyAdded>().Select(outcome => outcome.WebhookId).ShouldBe(Enumerable.Repeat(added.Webhook.Id, 3));
        (await AddAsync(teammate, WebhookPortal.Form(Url), "short")).ShouldBeOfType<AddWebhookOutcome.BadForm>();
    }

    [Fact]
    public async Task A_teammate_has_at_most_ten_endpoints_and_a_removed_one_makes_room()
    {
        var teammate = await portal.HireAsync();
        var ids = new List<string>();
        for (var n = 0; n < WebhookEndpoint.MostPerTeammate; n++)
            ids.Add((await portal.AddAsync(Url, teammate)).Webhook.Id);
        (await AddAsync(teammate, WebhookPortal.Form(Url))).ShouldBeOfType<AddWebhookOutcome.TooMany>();
        (await portal.AsPersonAsync((WebhookService service, Actor actor) => service.RemoveAsync(ids[3], actor, CancellationToken.None))).ShouldBeTrue();
        (await AddAsync(teammate, WebhookPortal.Form(Url))).ShouldBeOfType<AddWebhookOutcome.Added>();
    }

    [Fact]
    public async Task Nobody_reaches_the_endpoints_of_another_workspace()
    {
        var (webhook, _) = await portal.AddAsync(Url);
        var stranger = await portal.AddWorkspaceAsync();
        (await AddAsync(webhook.TeammateId, WebhookPortal.Form(Url), workspaceId: stranger.WorkspaceId)).ShouldBeOfType<AddWebhookOutcome.NoTeammate>();
        (await AddAsync("tm_nobody", WebhookPortal.Form(Url))).ShouldBeOfType<AddWebhookOutcome.NoTeammate>();
        (await ChangeAsync((service, actor) => service.EditAsync(webhook.Id, WebhookPortal.Form(Url), actor, CancellationToken.None), stranger.WorkspaceId)).ShouldBeOfType<ChangeWebhookOutcome.NotFound>();
        (await ChangeAsync((service, actor) => service.PauseAsync(webhook.Id, actor, CancellationToken.None), stranger.WorkspaceId)).ShouldBeOfType<ChangeWebhookOutcome.NotFound>();
        (await ReplaceAsync(webhook.Id, EntityId.New("nonce"), stranger.WorkspaceId)).ShouldBeOfType<ReplaceSecretOutcome.NotFound>();
        (await portal.AsPersonAsync((WebhookService service, Actor actor) => service.RemoveAsync(webhook.Id, actor, CancellationToken.None), stranger.WorkspaceId)).ShouldBeFalse();
        (await portal.AsPersonAsync((WebhookLog log, Actor _) => log.FindAsync(webhook.Id, CancellationToken.None), stranger.WorkspaceId)).ShouldBeNull();
        (await portal.AsPersonAsync((WebhookResending resending, Actor actor) => resending.TestAsync(webhook.Id, actor, CancellationToken.None), stranger.WorkspaceId)).ShouldBeNull();

        // The twin: it is all there for its own people.
        (await ChangeAsync((service, actor) => service.PauseAsync(webhook.Id, actor, CancellationToken.None))).ShouldBeOfType<ChangeWebhookOutcome.Done>();
    }

    [Fact]
    public async Task Changing_pausing_and_resuming_are_noted_once_each()
    {
        var (webhook, _) = await portal.AddAsync(Url);
        var form = new WebhookForm("http://127.0.0.2:9009/other", ["token.created"], "Till");
        for (var twice = 0; twice < 2; twice++)
        {
            var changed = (await ChangeAsync((service, actor) => service.EditAsync(webhook.Id, form, actor, CancellationToken.None))).ShouldBeOfType<ChangeWebhookOutcome.Done>().Webhook;
            (changed.Url, changed.Note, changed.Events.Single()).ShouldBe(("http://127.0.0.2:9009/other", "Till", "token.created"));
        }

        for (var twice = 0; twice < 2; twice++)
        {
            var paused = (await ChangeAsync((service, actor) => service.PauseAsync(webhook.Id, actor, CancellationToken.None))).ShouldBeOfType<ChangeWebhookOutcome.Done>().Webhook;
            (paused.State, paused.StoppedAt).ShouldBe((WebhookState.Paused, portal.Clock.GetUtcNow()));
        }

        for (var twice = 0; twice < 2; twice++)
        {
            var resumed = (await ChangeAsync((service, actor) => service.ResumeAsync(webhook.Id, actor, CancellationToken.None))).ShouldBeOfType<ChangeWebhookOutcome.Done>().Webhook;
            (resumed.State, resumed.StoppedAt).ShouldBe((WebhookState.Active, null));
        }

        (await ChangeAsync((service, actor) => service.EditAsync(webhook.Id, form with { Url = "http://10.0.0.1/" }, actor, CancellationToken.None)))
            .ShouldBeOfType<ChangeWebhookOutcome.Refused>().Problems.Keys.ShouldBe([nameof(WebhookForm.Url)]);
        (await portal.ActsAsync(webhook.Id)).ShouldBe([ActivityAction.WebhookAdded, ActivityAction.WebhookChanged, ActivityAction.WebhookPaused, ActivityAction.WebhookResumed]);
    }

    [Fact]
    public async Task A_form_replaces_the_secret_once()
    {
        var (webhook, first) = await portal.AddAsync(Url);
        var nonce = EntityId.New("nonce");
        var replaced = (await ReplaceAsync(webhook.Id, nonce)).ShouldBeOfType<ReplaceSecretOutcome.Replaced>();
        replaced.Secret.SignsLike(first).ShouldBeFalse();
        replaced.Webhook.BothSecretsUntil.ShouldBe(portal.Clock.GetUtcNow() + TimeSpan.FromHours(24));
        (await ReplaceAsync(webhook.Id, nonce)).ShouldBeOfType<ReplaceSecretOutcome.AlreadyReplaced>();
        var secrets = portal.Services.GetRequiredService<WebhookSecrets>().Read(await portal.EndpointAsync(webhook.Id));
        secrets.Count.ShouldBe(2);
        (secrets[0].SignsLike(replaced.Secret), secrets[1].SignsLike(first)).ShouldBe((true, true));
        (await ReplaceAsync(webhook.Id, null)).ShouldBeOfType<ReplaceSecretOutcome.BadForm>();
    }

    [Fact]
    public async Task A_secret_opens_for_its_own_endpoint_alone()
    {
        var (webhook, secret) = await portal.AddAsync(Url);
        var secrets = portal.Services.GetRequiredService<WebhookSecrets>();
        var row = await portal.EndpointAsync(webhook.Id);
        secrets.Read(row).ShouldHaveSingleItem().SignsLike(secret).ShouldBeTrue();
        row.SetSecret(secrets.Protect("we_other", secret));
        secrets.Read(row).ShouldBeEmpty();
    }

    [Fact]
    public async Task Endpoints_end_with_their_teammate()
    {
        var (webhook, _) = await portal.AddAsync(Url);
        var ending = await portal.AsPersonAsync((TeammateService service, Actor _) => service.CountEndingAsync(webhook.TeammateId, CancellationToken.None));
        ending.ShouldContain(("webhooks", 1));
        await portal.AsPersonAsync((TeammateService service, Actor actor) => service.RemoveAsync(webhook.TeammateId, actor, CancellationToken.None));
        (await portal.AsPersonAsync((WebhookLog log, Actor _) => log.FindAsync(webhook.Id, CancellationToken.None))).ShouldBeNull();
        var row = await portal.EndpointAsync(webhook.Id);
        (row.RemovedAt, row.ProtectedSecret).ShouldBe((portal.Clock.GetUtcNow(), null));
        (await portal.ActsAsync(webhook.Id)).ShouldBe([ActivityAction.WebhookAdded, ActivityAction.WebhookRemoved]);
    }

    private Task<AddWebhookOutcome> AddAsync(string? teammateId, WebhookForm form, string? nonce = null, string? workspaceId = null) => portal.AsPersonAsync(
        (WebhookService service, Actor actor) => service.AddAsync(teammateId, form, nonce ?? EntityId.New("nonce"), actor, CancellationToken.None), workspaceId);

    private Task<ChangeWebhookOutcome> ChangeAsync(Func<WebhookService, Actor, Task<ChangeWebhookOutcome>> change, string? workspaceId = null) => portal.AsPersonAsync(change, workspaceId);

    private Task<ReplaceSecretOutcome> ReplaceAsync(string webhookId, string? nonce, string? workspaceId = null) => portal.AsPersonAsync(
        (WebhookService service, Actor actor) => service.ReplaceSecretAsync(webhookId, nonce, actor, CancellationToken.None), workspaceId);

    private static byte[] ReadShared(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var copy = new MemoryStream();
        file.CopyTo(copy);
        return copy.ToArray();
    }
}
