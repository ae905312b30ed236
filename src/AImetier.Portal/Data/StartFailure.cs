using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;
using Serilog.Events;
using Serilog.Filters;

namespace AImetier.Portal.Data;

/// <summary>Puts a failed start into one line for the console, where a person can mend it.</summary>
public static partial class StartFailure
{
    private static readonly Func<LogEvent, bool> FromHost = Matching.FromSource("Microsoft.Extensions.Hosting.Internal.Host");

    /// <summary>The line, or null when the failure is a bug and deserves its stack trace.</summary>
    /// <param name="failure">What stopped the start.</param>
    public static string? Describe(Exception failure) => failure switch
    {
        PortalStartException => failure.Message,
        OptionsValidationException invalid => string.Join("; ", invalid.Failures.Select(text => Name(invalid.OptionsType, text))),
        InvalidOperationException when Conversion().Match(failure.Message) is { Success: true } match => $"{match.Groups["key"].Value} cannot be read as a {Kind(match.Groups["type"].Value)}",
        IOException when failure.InnerException is AddressInUseException => failure.Message,
        AggregateException { InnerExceptions: [var only] } => Describe(only),
        _ => null,
    };

    /// <summary>Whether a line of the log is the framework's word, with a stack trace, for a failed start that is put into one line.</summary>
    /// <param name="entry">A line of the log.</param>
    public static bool IsToldBy(LogEvent entry) =>
        entry is { Exception: { } failure, MessageTemplate.Text: "Hosting failed to start" } && FromHost(entry) && Describe(failure) is not null;

    // The framework names class and member; people know the setting by its key.
    private static string Name(Type options, string failure)
    {
        var section = options.GetField("Section")?.GetRawConstantValue() as string ?? options.Name;
        var match = Annotation().Match(failure);
        if (!match.Success)
            return failure;
        var keys = match.Groups["members"].Value.Split(',').Select(member => $"{section}:{member.Trim()}");
        return $"{string.Join(", ", keys)}: {match.Groups["error"].Value}";
    }

    private static string Kind(string type) => type switch
    {
        "System.Int32" or "System.Int64" => "whole number",
        "System.Boolean" => "true or false",
        _ => type,
    };

    [GeneratedRegex("members: '(?<members>[^']+)' with the error: '(?<error>.+)'\\.$", RegexOptions.ExplicitCapture | RegexOptions.Singleline)]
    private static partial Regex Annotation();

    [GeneratedRegex("at '(?<key>[^']+)' to type '(?<type>[^']+)'", RegexOptions.ExplicitCapture)]
    private static partial Regex Conversion();
}
