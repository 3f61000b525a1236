using DropMon.KernelTests.Kernel;
using DropMon.KernelTests.Native;
using DropMon.KernelTests.Processes;
using DropMon.Sources.NetDm;

namespace DropMon.KernelTests.Ownership;

/// <summary>
/// What another user has planted where sessions keep their record: it is not followed, written or waited for, and the drop monitor is
/// turned on and given back all the same.
/// </summary>
public sealed class PlantedFileScenarios(KernelUnderTest kernel) : IDisposable
{
    private const string Folder = NetDmOwnership.DefaultDirectory;
    private const string Lock = Folder + "/lock";
    private const string Foreign = "65534";
    private const string AsForeign = $"setpriv --reuid {Foreign} --regid {Foreign} --clear-groups ";
    private const string Precious = "precious";

    private readonly string _target = Path.GetTempFileName();

    public void Dispose() => File.Delete(_target);

    [Theory]
    [InlineData("drop-monitor.json.new", null)]
    [InlineData("drop-monitor.json", "it is a symbolic link")]
    [InlineData("lock", "it is a symbolic link")]
    public void A_planted_link_is_not_followed(string name, string? why)
    {
        File.WriteAllText(_target, Precious);

        string told = Session($"ln -s {_target} {Folder}/{name}");

        Assert.Equal(Precious, File.ReadAllText(_target));
        Assert.Equal(why is not null, told.Contains($"{Folder}/{name} is not used: {why}", StringComparison.Ordinal));
        Assert.Equal(why is not null, told.Contains($"Fix: sudo rm -r -- {Folder}/{name}", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData($"chown {Foreign} {Folder}", Folder, $"it belongs to the user with ID {Foreign}")]
    [InlineData($"chmod o+w {Folder}", Folder, "other users can write to it")]
    [InlineData($"touch {Lock}; chown {Foreign} {Lock}", Lock, $"it belongs to the user with ID {Foreign}")]
    [InlineData($"mkfifo {Lock}", Lock, "it is not a regular file")]
    public void A_folder_or_lock_of_another_user_is_not_used_and_the_warning_says_why(string plant, string path, string why)
    {
        string told = Session(plant);

        Assert.Contains($"Warning: No record can be kept in {Folder} ({path} is not used: {why}.)", told, StringComparison.Ordinal);
        Assert.Contains($"Fix: sudo rm -r -- {path}", told, StringComparison.Ordinal);
    }

    [Fact]
    public void A_lock_that_another_user_holds_delays_nobody_and_is_replaced_by_one_that_he_cannot_open()
    {
        ChildProcess? holder = null;
        try
        {
            Session(() =>
            {
                Bash($"rm -f {Lock}; touch {Lock}; chmod 0644 {Lock}");
                holder = new ChildProcess("sh", ["-c", $"exec {AsForeign} flock {Lock} sleep 600"]);
                Assert.True(SpinWait.SpinUntil(() => ShellRun.Bash($"flock -n {Lock} true").ExitCode != 0, TimeSpan.FromMinutes(1)),
                    $"Nobody holds the lock: {holder.Errors}");
            });

            Assert.False(holder!.HasExited, "The lock was free.");
            Assert.NotEqual(0, ShellRun.Bash($"{AsForeign} flock -n {Lock} true").ExitCode);
        }
        finally
        {
            holder?.Dispose();
        }
    }

    private static void Bash(string line)
    {
        (int code, _, string errors) = ShellRun.Bash(line);
        Assert.True(code == 0, $"'{line}' failed: {errors}");
    }

    private string Session(string plant) => Session(() => Bash(plant));

    /// <summary>Runs a session beside what is planted, and looks at what it left behind. One that waited for a lock says so.</summary>
    private string Session(Action plant)
    {
        kernel.Require(KernelFeature.NetDm);
        Assert.SkipUnless(kernel.IsQuiet, $"puts files into {Folder}: only on a kernel that the rig has booted");
        using var probe = new NetDmProbe { Configuration = NetDmProbe.Odd };
        Bash($"rm -rf {Folder}; mkdir -p {Folder}");
        plant();

        using DropmonProcess session = DropmonProcess.Watch(SourceUnderTest.NetDmPacket);
        session.Signal(Signals.Terminate);
        session.WaitForExit();

        Assert.DoesNotContain("Another process has held", session.Errors, StringComparison.Ordinal);
        Assert.Equal((false, NetDmProbe.Odd), (probe.IsOn, probe.Configuration));
        return session.Errors;
    }
}
