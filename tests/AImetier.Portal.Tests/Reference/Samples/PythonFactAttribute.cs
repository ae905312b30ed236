using Xunit;

namespace AImetier.Portal.Tests.Reference.Samples;

/// <summary>A test that needs Python, where the machine has it.</summary>
public sealed class PythonFactAttribute : FactAttribute
{
    public PythonFactAttribute()
    {
        var found = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, "python3")));
        if (!found)
            Skip = "python3 is not on this machine.";
    }
}
