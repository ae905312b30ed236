using Xunit;

namespace AImetier.Portal.Tests.Developer;

/// <summary>A test that needs <c>python3</c>; skipped where the machine has none.</summary>
public sealed class PythonFactAttribute : FactAttribute
{
    public PythonFactAttribute()
    {
        if (!(Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, "python3"))))
            Skip = "python3 is not on this machine.";
    }
}
