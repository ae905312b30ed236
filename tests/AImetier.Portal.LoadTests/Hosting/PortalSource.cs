namespace AImetier.Portal.LoadTests.Hosting;

/// <summary>Where the Portal's settings and page files are.</summary>
internal static class PortalSource
{
    private const string Solution = "AImetier.Portal.sln";

    /// <summary>The project's folder in this working copy.</summary>
    public static string Folder { get; } = Path.Combine(Root().FullName, "src", "AImetier.Portal");

    private static DirectoryInfo Root()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, Solution)))
                return folder;
        }

        throw new InvalidOperationException($"{Solution} is in no folder above this program.");
    }
}
