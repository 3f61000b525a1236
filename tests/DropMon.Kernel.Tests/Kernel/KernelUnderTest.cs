using DropMon.Kernel.Tracing;
using DropMon.KernelTests.Kernel;
using DropMon.Native;
using DropMon.Sources.Ebpf;
using DropMon.Sources.NetDm;
using DropMon.Sources.Tracepoint;

[assembly: AssemblyFixture(typeof(KernelUnderTest))]

namespace DropMon.KernelTests.Kernel;

/// <summary>
/// The running kernel and what it can do. The rig says in DROPMON_EXPECT what a kernel of that version must be able to do: what is missing
/// there fails. Elsewhere a scenario skips what the kernel lacks, once it has looked whether the kernel really lacks it.
/// </summary>
public sealed class KernelUnderTest : IDisposable
{
    // While there is an event of a task, the kernel keeps what it patches into its scheduler for such events (the static key
    // perf_sched_events). Patched again and again, that code makes an emulated kernel panic once in a while.
    private readonly Doorbell? _keepsSchedulerAsItIs = IsOfTheRig && Environment.IsPrivilegedProcess ? Doorbell.OnOwnSwitches() : null;

    private static readonly Version FirstWithNetDmReasons = new(6, 0);

    // How the rig spells them, in tests/vm/kernels.
    private static readonly Dictionary<string, KernelFeature> Spellings = new()
    {
        ["netdm"] = KernelFeature.NetDm,
        ["netdm-reasons"] = KernelFeature.NetDmReasons,
        ["tracepoint"] = KernelFeature.Tracepoint,
        ["tracepoint-reasons"] = KernelFeature.TracepointReasons,
        ["ebpf"] = KernelFeature.Ebpf,
        ["rx_sk"] = KernelFeature.TracepointSocket,
        ["lockdown"] = KernelFeature.Lockdown,
        ["systemd"] = KernelFeature.Systemd,
    };

    private static string Expectation { get; } = Environment.GetEnvironmentVariable("DROPMON_EXPECT") ?? "";

    private readonly Dictionary<KernelFeature, string> _missing = [];

    public KernelUnderTest()
    {
        Release = File.ReadAllText("/proc/sys/kernel/osrelease").Trim();
        Version = Version.Parse(string.Join('.', Release.Split('.', '-', '+')[..2]));
        Expected = IsOfTheRig ? Expectation.Split(',').Select(name => Spellings[name]).ToHashSet() : null;
        LookForDropMonitor();
        LookForTracepoint();
        if (Environment.IsPrivilegedProcess && new EbpfDescriptor().Probe() is { } error)
        {
            _missing[KernelFeature.Ebpf] = error.Message;
        }

        if (KernelLockdown.Level != KernelLockdown.Confidentiality)
        {
            _missing[KernelFeature.Lockdown] = "it was not booted with lockdown=confidentiality";
        }

        // Services are installed on machines of the rig alone.
        if (!IsOfTheRig || !IsSystemdFirst)
        {
            _missing[KernelFeature.Systemd] = "the rig has not booted it with systemd as first process";
        }
    }

    /// <summary>Whether the rig has booted this kernel, for the scenarios alone.</summary>
    public static bool IsOfTheRig => Expectation.Length > 0;

    /// <summary>As uname -r has it.</summary>
    public string Release { get; }

    /// <summary>Its first two numbers.</summary>
    public Version Version { get; }

    /// <summary>What this kernel must have; null where nobody has said.</summary>
    public IReadOnlySet<KernelFeature>? Expected { get; }

    /// <summary>Whether nobody else sends packets here: a kernel that the rig has booted for these scenarios alone.</summary>
    public bool IsQuiet => Expected is not null;

    public void Dispose() => _keepsSchedulerAsItIs?.Dispose();

    public bool Has(KernelFeature feature) => !_missing.ContainsKey(feature);

    /// <summary>Skips the scenario where the kernel lacks a feature, unless it must have it.</summary>
    internal void Require(KernelFeature feature)
    {
        Assert.False(IsQuiet && !Environment.IsPrivilegedProcess, "The rig runs scenarios as root, and this process is not.");
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "needs root, to turn sources on");
        if (!_missing.TryGetValue(feature, out string? why))
        {
            return;
        }

        Assert.False(Expected?.Contains(feature) == true, $"Linux {Release} must have {feature}, but {why}.");
        AssertReallyMissing(feature);
        Assert.Skip($"Linux {Release} lacks {feature}: {why}");
    }

    private static bool IsSystemdFirst => File.ReadAllText("/proc/1/comm").Trim() == "systemd";

    private void LookForDropMonitor()
    {
        using NetDmClient? client = NetDmClient.TryConnect();
        if (client is null)
        {
            _missing[KernelFeature.NetDm] = "there is no generic netlink family NET_DM";
        }

        if (client is null || Version < FirstWithNetDmReasons)
        {
            _missing[KernelFeature.NetDmReasons] = "its drop monitor tells no reasons";
        }
    }

    private void LookForTracepoint()
    {
        TracepointFormat? format = null;
        try
        {
            format = KfreeSkbTracepoint.ReadFormat();
        }
        catch (DropMonException error)
        {
            _missing[KernelFeature.Tracepoint] = error.Message;
        }

        if (format?.Field("reason") is null)
        {
            _missing[KernelFeature.TracepointReasons] = "the record of skb:kfree_skb has no field reason";
        }

        if (format?.Field("rx_sk") is null)
        {
            _missing[KernelFeature.TracepointSocket] = "the record of skb:kfree_skb has no field rx_sk";
        }
    }

    // A reason to skip that nothing backs would hide a broken client for ever.
    private void AssertReallyMissing(KernelFeature feature)
    {
        switch (feature)
        {
            case KernelFeature.NetDm or KernelFeature.NetDmReasons:
                string modules = $"/lib/modules/{Release}";
                foreach (string list in (string[])[$"{modules}/modules.dep", $"{modules}/modules.builtin"])
                {
                    Assert.False(File.Exists(list) && File.ReadAllText(list).Contains("/drop_monitor.ko", StringComparison.Ordinal),
                        $"{list} lists drop_monitor, but its family is unavailable.");
                }

                break;
            case KernelFeature.Lockdown:
                Assert.DoesNotContain("lockdown=confidentiality", File.ReadAllText("/proc/cmdline"), StringComparison.Ordinal);
                break;
            case KernelFeature.Systemd:
                Assert.False(IsOfTheRig && IsSystemdFirst, "systemd is the first process.");
                break;
            case KernelFeature.Ebpf:
                Assert.False(File.Exists("/sys/kernel/btf/vmlinux"), "This kernel has BTF and BPF, but does not load the program.");
                break;
            case KernelFeature.Tracepoint:
                Assert.False(Directory.Exists("/sys/kernel/tracing/events/skb/kfree_skb"), "skb:kfree_skb is there, but cannot be read.");
                break;
            default:
                Assert.True(Version < new Version(6, 12), $"Linux {Release} is young enough for {feature}.");
                break;
        }
    }
}
