namespace DropMon.KernelTests.Processes;

/// <summary>Finds what was built beside these tests, in the same configuration.</summary>
internal static class BuildOutput
{
    /// <summary>The top of the tree.</summary>
    public static string Top { get; } = FindTop();

    /// <summary>A file in a project's output folder.</summary>
    public static string Of(string project, string file)
    {
        string here = Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory);
        string framework = Path.GetFileName(here);
        string configuration = Path.GetFileName(Path.GetDirectoryName(here)!);
        string path = Path.Combine(Top, project, "bin", configuration, framework, file);
        Assert.True(File.Exists(path), $"{path} is not built: dotnet build DropMon.sln");
        return path;
    }

    private static string FindTop()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "DropMon.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException($"{AppContext.BaseDirectory} lies in no tree of DropMon.");
    }
}
