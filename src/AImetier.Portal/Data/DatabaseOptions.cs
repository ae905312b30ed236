using System.ComponentModel.DataAnnotations;

namespace AImetier.Portal.Data;

/// <summary>Section <c>Database</c>: which database the Portal uses.</summary>
public sealed class DatabaseOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Database";

    /// <summary>The database engine; only <c>Sqlite</c> for now.</summary>
    [RegularExpression("^Sqlite$", ErrorMessage = "must be Sqlite")]
    public string Provider { get; set; } = "Sqlite";

    /// <summary>ADO.NET connection string; null means <c>portal.db</c> in the data directory.</summary>
    public string? ConnectionString { get; set; }
}
