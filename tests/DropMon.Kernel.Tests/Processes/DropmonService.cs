using DropMon.KernelTests.Native;

namespace DropMon.KernelTests.Processes;

/// <summary>The unit of packaging/systemd with the command in its place, started. Disposing of it stops it and takes it away.</summary>
internal sealed class DropmonService : IDisposable
{
    private const string Name = "dropmon";
    private const string Program = "/opt/dropmon";
    private const string Command = "/usr/local/bin/dropmon";
    private const string Unit = "/etc/systemd/system/dropmon.service";
    private const string DropIns = "/run/systemd/system/dropmon.service.d";

    private const int LinesToTell = 20;

    // An emulated machine starts it in seconds, if the one that emulates it is not busy.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private DropmonService()
    {
    }

    /// <summary>What is in the journal of it, a line each.</summary>
    public IReadOnlyList<string> Journal => Run("journalctl", "--unit", Name, "--output", "cat", "--no-pager");

    /// <summary>A property of the unit, as systemctl show has it.</summary>
    public string this[string property] => Run("systemctl", "show", "--property", property, "--value", Name).Single();

    /// <summary>The alerts in its journal.</summary>
    public IReadOnlyList<DropAlert> Alerts => DropmonProcess.Parse(Journal.Where(line => line.StartsWith('{')));

    /// <summary>Installs and starts it as the unit's first lines say.</summary>
    /// <param name="options">More options for <c>dropmon watch</c>.</param>
    public static DropmonService Start(string options = "")
    {
        var service = new DropmonService();
        try
        {
            Run("cp", "-r", Path.GetDirectoryName(DropmonProcess.Executable)!, Program);
            File.CreateSymbolicLink(Command, Path.Combine(Program, Path.GetFileName(DropmonProcess.Executable)));
            File.Copy(Path.Combine(BuildOutput.Top, "packaging/systemd/dropmon.service"), Unit);
            string start = File.ReadLines(Unit).Single(line => line.StartsWith("ExecStart=", StringComparison.Ordinal));
            Directory.CreateDirectory(DropIns);
            // The command as published carries its runtime; as built it has to find one.
            File.WriteAllText(Path.Combine(DropIns, "tests.conf"),
                $"[Service]\nEnvironment=DOTNET_ROOT={DropmonProcess.Runtime["DOTNET_ROOT"]}\nExecStart=\n{start} {options}\n");
            Run("systemctl", "daemon-reload");
            Run("systemctl", "start", Name);
            return service;
        }
        catch
        {
            service.Dispose();
            throw;
        }
    }

    /// <summary>Waits until something is true of it.</summary>
    public void WaitUntil(Func<DropmonService, bool> condition, string what)
    {
        if (!SpinWait.SpinUntil(() => condition(this), Patience))
        {
            Assert.Fail($"In time it was not so: {what}. The service is {this["ActiveState"]} ({this["Result"]}), the last of its "
                + $"journal:\n{string.Join('\n', Journal.TakeLast(LinesToTell))}");
        }
    }

    public void Stop() => Run("systemctl", "stop", Name);

    /// <summary>Ends its process so that it can do nothing more.</summary>
    public void Kill() => Run("systemctl", "kill", "--signal", $"{Signals.Kill}", Name);

    public void Dispose()
    {
        if (File.Exists(Unit))
        {
            Run("systemctl", "stop", Name);
            File.Delete(Unit);
        }

        Run("rm", "-rf", DropIns, Program, Command);
        Run("systemctl", "daemon-reload");
        Run("journalctl", "--rotate", "--vacuum-time=1us");
    }

    private static string[] Run(string program, params string[] arguments)
    {
        using var child = new ChildProcess(program, arguments);
        string[] lines = child.ReadToEnd();
        int code = child.WaitForExit();
        Assert.True(code == 0, $"{program} {string.Join(' ', arguments)} ended with {code}: {child.Errors}");
        return lines;
    }
}
