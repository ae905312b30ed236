using Microsoft.Extensions.Options;

namespace AImetier.Portal.Data;

/// <summary>The Portal's own folder: created at start, readable and writable by its owner only (0700).</summary>
public sealed class DataDirectory
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Creates the folder when it is missing and proves that it can be written.</summary>
    /// <exception cref="PortalStartException">The folder cannot be created or written.</exception>
    public DataDirectory(IOptions<PortalOptions> options, IHostEnvironment environment)
    {
        Root = System.IO.Path.GetFullPath(options.Value.DataDirectory, environment.ContentRootPath);
        try
        {
            CreateOwnerOnly(Root);
            var probe = PathOf($".write-{Environment.ProcessId}");
            File.WriteAllBytes(probe, []);
            File.Delete(probe);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PortalStartException($"Portal:DataDirectory: cannot write to '{Root}' ({e.Message})");
        }
    }

    /// <summary>Absolute path of the folder.</summary>
    public string Root { get; }

    /// <summary>Absolute path of a file or folder inside.</summary>
    /// <param name="name">Name relative to the folder, never from a request.</param>
    public string PathOf(string name) => System.IO.Path.Combine(Root, name);

    /// <summary>Creates a folder inside with owner-only rights and returns its path.</summary>
    /// <param name="name">Name relative to the folder, never from a request.</param>
    public string Folder(string name)
    {
        var path = PathOf(name);
        CreateOwnerOnly(path);
        return path;
    }

    private static void CreateOwnerOnly(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
            return;
        }

        Directory.CreateDirectory(path, OwnerOnly);
        File.SetUnixFileMode(path, OwnerOnly);
    }
}
