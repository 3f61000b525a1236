using DropMon.Sources.NetDm;
using DropMon.Tests.Files;

namespace DropMon.Tests.Sources.NetDm;

/// <summary>A drop monitor that another process has configured, a folder for the record, and sessions that come and go.</summary>
public abstract class SwitchTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>How the monitor is configured before DropMon comes.</summary>
    private protected static NetDmConfiguration Theirs { get; } = new(DropAlertMode.Summary, 7, 77);

    private protected FakeDropMonitor Kernel { get; } = new() { Configuration = Theirs };

    private protected FakeListeners Listeners { get; } = new();

    private protected string RunFolder => _folder.File("run");

    private protected string RecordPath => Path.Combine(RunFolder, "drop-monitor.json");

    public void Dispose()
    {
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected NetDmSwitch Acquire(NetDmOptions? options = null) =>
        NetDmSwitch.AcquireLocked(Kernel.Connect(), options ?? new NetDmOptions(), new NetDmOwnership(RunFolder), Listeners);

    private protected void AssertGivenBack()
    {
        Assert.False(Kernel.IsOn);
        Assert.Equal(Theirs, Kernel.Configuration);
        Assert.False(File.Exists(RecordPath));
    }

    /// <summary>As after SIGKILL: the record names a process that is not there any more.</summary>
    private protected void LetOwnerDie() => Rewrite(p => p with { StartTime = p.StartTime - 1 });

    /// <summary>As in another container: its number means nothing here.</summary>
    private protected void MoveOwnerElsewhere() => Rewrite(p => p with { ProcessNamespace = "pid:[1]" });

    private void Rewrite(Func<NetDmParticipant, NetDmParticipant> change)
    {
        string bootId = File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim();
        NetDmOwnershipRecord record = NetDmOwnershipRecord.FromJson(File.ReadAllBytes(RecordPath), bootId)!;
        File.WriteAllBytes(RecordPath, (record with { Participants = [.. record.Participants.Select(change)] }).ToJson(bootId));
    }

    private protected sealed class FakeListeners : INetDmListeners
    {
        public int Others { get; set; }

        public int CountOthers() => Others;
    }
}
