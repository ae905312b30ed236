using AImetier.Portal.Data;
using AImetier.Portal.Tests.Host;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using SQLitePCL;
using Xunit;

namespace AImetier.Portal.Tests.Data;

public sealed class DatabaseStartTests : IDisposable
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("portal-data-");

    [Fact]
    public async Task The_database_keeps_what_was_acknowledged_and_is_the_owners_alone()
    {
        await using var portal = new PortalHost();
        _ = portal.Address;
        await using var connection = portal.Services.GetRequiredService<DatabaseConnection>().Open();
        Should.NotThrow(() => SqlitePragmas.Prove(connection));
        Version.Parse(connection.ServerVersion).ShouldBeGreaterThanOrEqualTo(SqlitePragmas.OldestVersion);
        if (OperatingSystem.IsWindows())
            return;
        const UnixFileMode OwnerFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        File.GetUnixFileMode(portal.DataDirectory).ShouldBe(OwnerFile | UnixFileMode.UserExecute);
        foreach (var name in new[] { "portal.db", "portal.db-wal", "portal.db-shm" })
            File.GetUnixFileMode(Path.Combine(portal.DataDirectory, name)).ShouldBe(OwnerFile, name);
    }

    [Fact]
    public void A_connection_for_one_thread_is_to_the_same_file_with_the_same_settings()
    {
        using var portal = new PortalHost();
        _ = portal.Address;
        var database = portal.Services.GetRequiredService<DatabaseConnection>();
        using var handle = database.OpenForOneThread();
        raw.sqlite3_db_filename(handle, "main").utf8_to_string().ShouldBe(Path.Combine(portal.DataDirectory, "portal.db"));
        Pragma("journal_mode").ShouldBe("wal");
        Pragma("synchronous").ShouldBe("2");
        Pragma("foreign_keys").ShouldBe("1");
        Pragma("busy_timeout").ShouldBe("5000");

        string Pragma(string name)
        {
            raw.sqlite3_prepare_v2(handle, $"PRAGMA {name}", out var statement).ShouldBe(raw.SQLITE_OK);
            using (statement)
            {
                raw.sqlite3_step(statement).ShouldBe(raw.SQLITE_ROW);
                return raw.sqlite3_column_text(statement, 0).utf8_to_string();
            }
        }
    }

    [Fact]
    public async Task A_setting_that_does_not_take_stops_the_start()
    {
        await using var connection = new SqliteConnection("Data Source=:memory:");
        await connection.OpenAsync();
        SqlitePragmas.Apply(connection);
        Should.Throw<PortalStartException>(() => SqlitePragmas.Prove(connection)).Message.ShouldContain("journal_mode");
    }

    [Fact]
    public async Task The_leftover_of_a_killed_migration_stops_no_start()
    {
        await using (var connection = new SqliteConnection($"Data Source={Path.Combine(_data.FullName, "portal.db")};Pooling=False"))
        {
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = """
                CREATE TABLE "__EFMigrationsLock" ("Id" INTEGER NOT NULL PRIMARY KEY, "Timestamp" TEXT NOT NULL);
                INSERT INTO "__EFMigrationsLock" VALUES (1, '2026-01-01 00:00:00');
                """;
            await command.ExecuteNonQueryAsync();
        }

        using var portal = new PortalHost().With("Portal:DataDirectory", _data.FullName);
        using var client = portal.Client();
        using var ready = await client.GetAsync(new Uri("/health/ready", UriKind.Relative));
        ready.IsSuccessStatusCode.ShouldBeTrue();
    }

    [Fact]
    public async Task Two_programs_may_start_at_once_on_one_new_database()
    {
        using var first = new PortalHost().With("Portal:DataDirectory", _data.FullName);
        using var second = new PortalHost().With("Portal:DataDirectory", _data.FullName).WithoutOwner();
        var both = await Task.WhenAll(Task.Run(() => first.Address), Task.Run(() => second.Address));
        both[0].ShouldNotBe(both[1]);
    }

    [Fact]
    public async Task A_newer_database_is_refused_in_one_line()
    {
        using (var portal = new PortalHost().With("Portal:DataDirectory", _data.FullName))
        {
            await portal.InScopeAsync(services => services.GetRequiredService<PortalDbContext>().Database.ExecuteSqlRawAsync(
                """INSERT INTO "__EFMigrationsHistory" VALUES ('29990101000000_FromTheFuture', '99.0.0')"""));
        }

        SqliteConnection.ClearAllPools();
        await RefusesAsync("made by a newer Portal", "--Portal:DataDirectory", _data.FullName);
    }

    [Fact]
    public Task An_unusable_data_directory_is_refused_in_one_line()
    {
        var file = Path.Combine(_data.FullName, "a-file");
        File.WriteAllText(file, "");
        return RefusesAsync("Portal:DataDirectory: cannot write", "--Portal:DataDirectory", Path.Combine(file, "inside"));
    }

    [Fact]
    public async Task A_damaged_database_is_refused_in_one_line()
    {
        await File.WriteAllTextAsync(Path.Combine(_data.FullName, "portal.db"), new string('x', 8192));
        await RefusesAsync("Database: cannot open", "--Portal:DataDirectory", _data.FullName);
    }

    [Theory]
    [InlineData("Argon2:MemoryKib", "8", "Argon2:MemoryKib: must be 7168 to 1048576 (KiB)")]
    [InlineData("Argon2:Passes", "1", "Argon2:MemoryKib, Argon2:Passes: MemoryKib times Passes must be at least 35840")]
    [InlineData("RateLimits:PerKey:Burst", "0", "RateLimits:PerKey:Burst: must be 1 to 1000000 (requests)")]
    [InlineData("Database:Provider", "Oracle", "Database:Provider: must be Sqlite")]
    [InlineData("Portal:PublicUrl", "ftp://x", "Portal:PublicUrl: must be http(s)")]
    [InlineData("Argon2:Passes", "many", "Argon2:Passes cannot be read as a whole number")]
    public Task A_wrong_setting_is_refused_in_one_line_that_names_it(string key, string value, string named) =>
        RefusesAsync(named, "--Portal:DataDirectory", _data.FullName, $"--{key}", value);

    public void Dispose() => _data.Delete(recursive: true);

    private static async Task RefusesAsync(string sentence, params string[] args)
    {
        using var program = PortalProcess.Start([.. args, "--urls", "http://127.0.0.1:0"]);
        var (exitCode, _, error) = await program.EndAsync();
        exitCode.ShouldBe(1);
        error.Trim().Split('\n').Length.ShouldBe(1, error);
        error.ShouldContain(sentence);
        error.ShouldNotContain("   at ");
    }
}
