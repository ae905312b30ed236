using AImetier.Portal.Data;
using AImetier.Portal.Features.ApiTokens;
using AImetier.Portal.Features.Teammates;
using AImetier.Portal.LoadTests.Hosting;
using BenchmarkDotNet.Attributes;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AImetier.Portal.LoadTests.Scenarios;

/// <summary>The steps of checking a key, and the two slower ways that the Portal does not take. Every step goes through all keys in turn.</summary>
public class CheckBenchmarks
{
    private const string Source = "127.0.0.1";
    private static readonly Func<PortalDbContext, string, TokenRow?> CompiledQuery = EF.CompileQuery((PortalDbContext db, string id) =>
        db.Set<ApiToken>().IgnoreQueryFilters().Where(token => token.Id == id)
            .Join(
                db.Set<Teammate>().IgnoreQueryFilters(),
                token => token.TeammateId,
                teammate => teammate.Id,
                (token, teammate) => new TokenRow(
                    token.Hash,
                    token.RevokedAt != null,
                    teammate.RemovedAt != null,
                    token.LastUsedAt != null,
                    new TokenPrincipal(token.Id, token.Name, token.TeammateId, teammate.Name, token.WorkspaceId)))
            .SingleOrDefault());

    private readonly InProcessPortal _portal = Portal!;
    private readonly string _refused;
    private readonly TokenVerifier _verifier;
    private readonly TokenRowReader _rows;
    private readonly VerifiedTokenCache _proofs;
    private readonly LastUsedStamper _stamper;
    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _stamp;
    private int _next;

    public CheckBenchmarks()
    {
        _verifier = _portal.Services.GetRequiredService<TokenVerifier>();
        _rows = _portal.Services.GetRequiredService<TokenRowReader>();
        _proofs = _portal.Services.GetRequiredService<VerifiedTokenCache>();
        _stamper = _portal.Services.GetRequiredService<LastUsedStamper>();
        _refused = _portal.Keys[0][..^1] + (_portal.Keys[0][^1] == '0' ? '1' : '0');
        var database = _portal.Services.GetRequiredService<DatabaseConnection>();
        _proofs.Prove(_rows, _portal.Keys);
        _connection = database.Open();
        _stamp = _connection.CreateCommand();
        _stamp.CommandText = """UPDATE "ApiTokens" SET "LastUsedAt" = $at WHERE "Id" = $id AND ("LastUsedAt" IS NULL OR "LastUsedAt" < $at)""";
        _stamp.Parameters.Add("$at", SqliteType.Integer);
        _stamp.Parameters.Add("$id", SqliteType.Text);
        _stamp.Prepare();
    }

    /// <summary>The services that are measured, made before and ended after by the scenario: in-process runs share them.</summary>
    internal static InProcessPortal? Portal { get; set; }

    [Benchmark]
    public bool ParseAccept() => TokenFormat.IsWellFormed(Next());

    [Benchmark]
    public bool ParseReject() => TokenFormat.IsWellFormed(_refused);

    [Benchmark]
    public bool? Proof()
    {
        var text = Next();
        Span<byte> mac = stackalloc byte[32];
        _proofs.Mac(text, mac);
        var known = _proofs.Find(TokenFormat.IdOf(text))!;
        return known.Matches(known.Row, mac);
    }

    [Benchmark]
    public TokenRow? Row()
    {
        var known = _proofs.Find(TokenFormat.IdOf(Next()))!.Row;
        return _rows.Read(known.Principal.TokenId, known);
    }

    [Benchmark]
    public TokenCheck Check() => Verify(Next());

    [Benchmark]
    public TokenCheck CheckAndStamp()
    {
        var check = Verify(Next());
        Stamp(check);
        return check;
    }

    [Benchmark]
    public bool? CheckByCompiledQuery()
    {
        var text = Next();
        if (!TokenFormat.IsWellFormed(text))
            return false;
        using var scope = _portal.Services.CreateScope();
        var row = CompiledQuery(scope.ServiceProvider.GetRequiredService<PortalDbContext>(), TokenFormat.IdOf(text).ToString());
        Span<byte> mac = stackalloc byte[32];
        _proofs.Mac(text, mac);
        return _proofs.Find(TokenFormat.IdOf(text))!.Matches(row!, mac);
    }

    [Benchmark]
    public TokenCheck CheckAndUpdate()
    {
        var check = Verify(Next());
        _stamp.Parameters[0].Value = TimeProvider.System.GetUtcNow().UtcTicks + TimeSpan.TicksPerDay;
        _stamp.Parameters[1].Value = check.Principal.TokenId;
        if (_stamp.ExecuteNonQuery() != 1)
            throw new InvalidOperationException("Nothing was stamped.");
        return check;
    }

    [GlobalCleanup]
    public void Close()
    {
        _stamp.Dispose();
        _connection.Dispose();
    }

    private string Next()
    {
        if (++_next == _portal.Keys.Count)
            _next = 0;
        return _portal.Keys[_next];
    }

    private TokenCheck.Accepted Verify(string text)
    {
        // Where other work of the process happens to wait for a thread, the check is made in company, and is waited for.
        var check = _verifier.VerifyAsync(text, Source, CancellationToken.None);
        return (check.IsCompletedSuccessfully ? check.Result : check.AsTask().GetAwaiter().GetResult()) is TokenCheck.Accepted accepted
            ? accepted
            : throw new InvalidOperationException("A good key was not accepted.");
    }

    private void Stamp(TokenCheck.Accepted check)
    {
        if (check.FirstUse)
            throw new InvalidOperationException("A key was never used before.");
        _stamper.Stamp(check.Principal);
    }
}
