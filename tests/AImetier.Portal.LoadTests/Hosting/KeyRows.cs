using System.Security.Cryptography;
using AImetier.Portal.Data;
using AImetier.Portal.Features.ApiTokens;
using Microsoft.Data.Sqlite;

namespace AImetier.Portal.LoadTests.Hosting;

/// <summary>Fills a database with keys faster than generating them would: copies of one row under ids of their own, each used before.</summary>
internal static class KeyRows
{
    private const int ASecondInTicks = 10_000_000;

    /// <summary>Copies a key.</summary>
    /// <param name="database">The database.</param>
    /// <param name="id">Public id of the key to copy; it has a hash, and so have its copies: the same.</param>
    /// <param name="count">How many copies.</param>
    /// <returns>The texts of the copies.</returns>
    public static IReadOnlyList<string> Copy(DatabaseConnection database, string id, int count)
    {
        using var connection = database.Open();
        using var transaction = connection.BeginTransaction();
        using var copy = connection.CreateCommand();
        var columns = Columns(connection);
        copy.CommandText = $"""INSERT INTO "ApiTokens" ({string.Join(", ", columns.Select(Quoted))}) SELECT {string.Join(", ", columns.Select(Value))} FROM "ApiTokens" WHERE "Id" = $from""";
        copy.Parameters.AddWithValue("$from", id);
        copy.Parameters.Add("$id", SqliteType.Text);
        copy.Parameters.Add("$n", SqliteType.Integer);
        using var use = connection.CreateCommand();
        use.CommandText = """INSERT INTO "ApiTokenUsage" ("TokenId", "Hour", "Calls") VALUES ($id, $hour, 1)""";
        use.Parameters.Add("$id", SqliteType.Text);
        use.Parameters.AddWithValue("$hour", ApiTokenUsage.HourOf(TimeProvider.System.GetUtcNow()));

        var texts = new List<string>(count);
        for (var n = 1; n <= count; n++)
        {
            var copied = RandomNumberGenerator.GetString(TokenFormat.Alphabet, TokenFormat.IdLength);
            copy.Parameters["$id"].Value = copied;
            copy.Parameters["$n"].Value = n;
            copy.ExecuteNonQuery();
            use.Parameters["$id"].Value = copied;
            use.ExecuteNonQuery();
            texts.Add(TokenFormat.Write(copied, RandomNumberGenerator.GetString(TokenFormat.Alphabet, TokenFormat.SecretLength)));
        }

        transaction.Commit();
        return texts;
    }

    /// <summary>Fills the proof cache as the first call of each key would, without its Argon2id run.</summary>
    public static void Prove(this VerifiedTokenCache proofs, TokenRowReader rows, IEnumerable<string> texts)
    {
        Span<byte> mac = stackalloc byte[32];
        foreach (var text in texts)
        {
            proofs.Mac(text, mac);
            proofs.Remember(rows.Read(TokenFormat.IdOf(text).ToString(), known: null)!, mac);
        }
    }

    private static List<string> Columns(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT name FROM pragma_table_info('ApiTokens')";
        using var reader = command.ExecuteReader();
        var columns = new List<string>();
        while (reader.Read())
            columns.Add(reader.GetString(0));
        return columns;
    }

    private static string Value(string column) => column switch
    {
        "Id" or "FormNonce" => "$id",
        "Number" => "$n",
        "CreatedAt" or "LastUsedAt" => $"\"CreatedAt\" + $n * {ASecondInTicks}",
        _ => Quoted(column),
    };

    private static string Quoted(string column) => $"\"{column}\"";
}
