using static ModelContextProtocol.Protocol.ElicitRequestParams;

namespace AImetier.Portal.Tests.Mcp.Conformance;

/// <summary>Forms that a client shows its user.</summary>
internal static class Forms
{
    public static RequestSchema Of(params (string Name, PrimitiveSchemaDefinition Field)[] fields) => new()
    {
        Properties = fields.ToDictionary(field => field.Name, field => field.Field, StringComparer.Ordinal),
        Required = [.. fields.Select(field => field.Name)],
    };

    public static RequestSchema WithDefaults() => Optional(
        ("name", new StringSchema { Default = "John Doe" }),
        ("age", new NumberSchema { Type = "integer", Default = 30 }),
        ("score", new NumberSchema { Default = 95.5 }),
        ("status", new UntitledSingleSelectEnumSchema { Enum = ["active", "inactive", "pending"], Default = "active" }),
        ("verified", new BooleanSchema { Default = true }));

    public static RequestSchema WithChoices() => Optional(
        ("untitledSingle", new UntitledSingleSelectEnumSchema { Enum = ["option1", "option2", "option3"] }),
        ("titledSingle", new TitledSingleSelectEnumSchema { OneOf = Titled("Option") }),
#pragma warning disable MCP9001 // Deprecated; the suite asks for it.
        ("legacyEnum", new LegacyTitledEnumSchema { Enum = ["opt1", "opt2", "opt3"], EnumNames = ["Option One", "Option Two", "Option Three"] }),
#pragma warning restore MCP9001
        ("untitledMulti", new UntitledMultiSelectEnumSchema { Items = new UntitledEnumItemsSchema { Enum = ["option1", "option2", "option3"] } }),
        ("titledMulti", new TitledMultiSelectEnumSchema { Items = new TitledEnumItemsSchema { AnyOf = Titled("Choice") } }));

    private static RequestSchema Optional(params (string Name, PrimitiveSchemaDefinition Field)[] fields) =>
        new() { Properties = fields.ToDictionary(field => field.Name, field => field.Field, StringComparer.Ordinal) };

    private static IList<EnumSchemaOption> Titled(string word) =>
        [new() { Const = "value1", Title = $"First {word}" }, new() { Const = "value2", Title = $"Second {word}" }, new() { Const = "value3", Title = $"Third {word}" }];
}
