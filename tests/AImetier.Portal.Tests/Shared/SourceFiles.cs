using System.Runtime.CompilerServices;

namespace AImetier.Portal.Tests.Shared;

/// <summary>The Portal's source files, for tests that read them.</summary>
internal static class SourceFiles
{
    /// <summary>Folder of the web project.</summary>
    public static string Root { get; } = Path.GetFullPath(Path.Combine(Here(), "../../../src/AImetier.Portal"));

    /// <summary>Files under the web project with their text, built output aside.</summary>
    public static IReadOnlyList<(string Path, string Text)> All(params string[] endings) =>
        Directory.EnumerateFiles(Root, "*", SearchOption.AllDirectories)
            .Select(path => (Full: path, Short: Path.GetRelativePath(Root, path).Replace('\\', '/')))
            .Where(file => !file.Short.StartsWith("bin/", StringComparison.Ordinal) && !file.Short.StartsWith("obj/", StringComparison.Ordinal)
                && endings.Any(ending => file.Short.EndsWith(ending, StringComparison.Ordinal)))
            .Select(file => (file.Short, File.ReadAllText(file.Full)))
            .OrderBy(file => file.Short, StringComparer.Ordinal)
            .ToList();

    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
