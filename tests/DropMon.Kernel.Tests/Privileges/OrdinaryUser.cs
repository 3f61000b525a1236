using DropMon.KernelTests.Processes;

namespace DropMon.KernelTests.Privileges;

/// <summary>Runs <c>dropmon</c> as a user who is nobody, with just the capabilities that are named.</summary>
internal sealed class OrdinaryUser : IDisposable
{
    private const string Nobody = "65534";

    private readonly string _folder = Directory.CreateTempSubdirectory("dropmon-nobody-").FullName;

    public OrdinaryUser()
    {
        string built = Path.GetDirectoryName(DropmonProcess.Executable)!;
        foreach (string file in Directory.EnumerateFiles(built))
        {
            File.Copy(file, Path.Combine(_folder, Path.GetFileName(file)));
        }

        // The tree may lie where nobody else may look, and a temporary folder is its maker's alone.
        using var open = new ChildProcess("chmod", ["-R", "o+rX", _folder]);
        Assert.Equal(0, open.WaitForExit());
    }

    /// <summary>Starts <c>dropmon</c>.</summary>
    /// <param name="capabilities">As setpriv spells them, e.g. <c>net_admin</c>.</param>
    /// <param name="arguments">The command line.</param>
    public ChildProcess Dropmon(string[] capabilities, params string[] arguments)
    {
        string only = string.Concat(["-all", .. capabilities.Select(capability => ",+" + capability)]);
        return new ChildProcess(
            "setpriv",
            ["--reuid", Nobody, "--regid", Nobody, "--clear-groups", "--inh-caps", only, "--ambient-caps", only, "--bounding-set", only,
                Path.Combine(_folder, "dropmon"), .. arguments],
            new Dictionary<string, string>(DropmonProcess.Runtime) { ["HOME"] = _folder });
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
