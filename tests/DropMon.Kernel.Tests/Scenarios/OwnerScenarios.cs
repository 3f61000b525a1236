using System.Diagnostics;
using DropMon.Filters;
using DropMon.KernelTests.Kernel;
using DropMon.KernelTests.Processes;
using DropMon.KernelTests.Traffic;
using DropMon.Machine.ControlGroups;
using DropMon.Sessions;
using DropMon.Sessions.Measurement;

namespace DropMon.KernelTests.Scenarios;

/// <summary>Whose packet it was: the network namespace by name, the control group, the unit and the container.</summary>
public sealed class OwnerScenarios : IDisposable
{
    private const int Packets = 5;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private static readonly string Id = string.Concat(Enumerable.Repeat("3f4e5c0a9b8d7e6f", 4));

    // The shell's own messages (unix sockets) are dropped there, too.
    private static readonly DropMonitorOptions Options = new()
    {
        Source = "Ebpf",
        Filter = DropFilter.None.With(FilterField.Protocol, "UDP"),
    };

    private readonly KernelUnderTest _kernel;
    private readonly string _name = $"dropmon-owner-{Environment.ProcessId}";
    private string? _controlGroups;
    private string? _mounted;

    public OwnerScenarios(KernelUnderTest kernel) => _kernel = kernel;

    private string Slice => $"{_controlGroups}/{_name}.slice";

    private string Scope => $"{Slice}/docker-{Id}.scope";

    [Fact]
    public void A_packet_that_a_container_sends_names_its_namespace_control_group_unit_and_container()
    {
        Prepare();
        // The chain drops it while it still belongs to the sender's socket.
        Run($"ip netns exec {_name} nft 'add table ip t; add chain ip t o {{ type filter hook output priority 0; policy drop; }}'");

        DropAlert[] alerts = Watch(() => InContainer("for i in $(seq 5); do echo x >/dev/udp/127.0.0.1/9; done 2>/dev/null; true"));

        Assert.All(alerts, alert => Assert.Equal(
            (_name, $"/{_name}.slice/docker-{Id}.scope", $"docker-{Id}.scope", Id[..12]),
            (alert.NetworkNamespaceName, alert.ControlGroup, alert.Unit, alert.Container)));
    }

    [Fact]
    public void A_packet_without_a_socket_names_the_only_container_in_its_namespace()
    {
        Prepare();

        DropAlert[] alerts = Watch(() => InContainer("for i in $(seq 5); do echo x >/dev/udp/127.0.0.1/9; done 2>/dev/null; read line"));

        Assert.All(alerts, alert => Assert.Equal((_name, (string?)Id[..12]), (alert.NetworkNamespaceName, alert.Container)));
    }

    [Fact]
    public void A_packet_without_a_socket_names_no_container_where_another_process_shares_its_namespace()
    {
        Prepare();
        using var guest = new ChildProcess("bash", ["-c", $"exec ip netns exec {_name} bash -c 'echo here; read line'"]);
        guest.NextLine(line => line == "here");

        DropAlert[] alerts = Watch(() => InContainer("for i in $(seq 5); do echo x >/dev/udp/127.0.0.1/9; done 2>/dev/null; read line"));

        Assert.All(alerts, alert => Assert.Equal((_name, (string?)null), (alert.NetworkNamespaceName, alert.Container)));
    }

    [Theory]
    [InlineData(FilterField.Container)]
    [InlineData(FilterField.Unit)]
    [InlineData(FilterField.NetworkNamespace)]
    public void A_filter_by_owner_wants_its_packets_and_no_others(FilterField field)
    {
        Prepare();
        Run($"ip netns exec {_name} nft 'add table ip t; add chain ip t o {{ type filter hook output priority 0; policy drop; }}'");
        string wanted = field switch
        {
            FilterField.Container => Id[..12],
            FilterField.Unit => $"docker-{Id}.scope",
            _ => _name,
        };
        using DropMonitor monitor = DropMonitor.Start(Options with { Filter = Options.Filter.With(field, wanted) });
        using DropTraffic other = DropTraffic.Ipv4();
        other.Send(Packets);
        using ChildProcess sender = InContainer("for i in $(seq 5); do echo x >/dev/udp/127.0.0.1/9; done 2>/dev/null; read line");

        Assert.All(Take(monitor, Packets, sender), alert => Assert.Equal(_name, alert.NetworkNamespaceName));
        Assert.True(monitor.GetLedger() is { FilteredOut: var above, FilteredInKernel: var below } && above + below >= Packets);
    }

    [Fact]
    public void Drops_are_counted_by_namespace_and_container()
    {
        Prepare();
        using DropMeter meter = DropMeter.Start(
            Options,
            new DropMeterOptions { By = [DropGroupKey.NetworkNamespaceName, DropGroupKey.Container] });
        using ChildProcess sender = InContainer("for i in $(seq 5); do echo x >/dev/udp/127.0.0.1/9; done 2>/dev/null; read line");

        var clock = Stopwatch.StartNew();
        DropMeasurement? mine;
        do
        {
            Assert.True(clock.Elapsed < Patience, $"{Packets} packets were not counted.");
            mine = meter.Read().FirstOrDefault(group => group.NetworkNamespaceName == _name && group.Count >= Packets);
        }
        while (mine is null);

        Assert.Equal((Packets, Id[..12]), (mine.Count, mine.Container));
    }

    public void Dispose()
    {
        if (_controlGroups is null)
        {
            return;
        }

        Try($"ip netns pids {_name} | xargs -r kill -9; ip netns delete {_name}");
        // A group that has just lost its last process is busy for a moment.
        Try($"for i in $(seq 100); do rmdir {Scope} {Slice} 2>/dev/null; [ -e {Slice} ] || break; sleep 0.05; done");
        if (_mounted is not null)
        {
            Try($"umount {_mounted}; rmdir {_mounted}");
        }
    }

    private void Prepare()
    {
        _kernel.Require(KernelFeature.Ebpf);
        _controlGroups = ControlGroupMount.FindMountPoint(File.ReadAllText("/proc/self/mountinfo"));
        if (_controlGroups is null)
        {
            Assert.True(_kernel.IsQuiet, "cgroup2 is not mounted.");
            _controlGroups = _mounted = Directory.CreateTempSubdirectory("cgroup2-").FullName;
            Run($"mount -t cgroup2 cgroup2 {_mounted}");
        }

        Run($"mkdir -p {Scope}; ip netns add {_name}; ip -n {_name} link set lo up");
    }

    private ChildProcess InContainer(string script) => new(
        "bash", ["-c", $"echo $$ >{Scope}/cgroup.procs && exec ip netns exec {_name} bash -c '{script}'"]);

    // What the source reports of the namespace while the container's process runs.
    private DropAlert[] Watch(Func<ChildProcess> start)
    {
        using DropMonitor monitor = DropMonitor.Start(Options);
        using ChildProcess process = start();
        return Take(monitor, Packets, process, alert => alert.NetworkNamespaceName == _name);
    }

    private static DropAlert[] Take(DropMonitor monitor, int count, ChildProcess process, Func<DropAlert, bool>? isMine = null)
    {
        var mine = new List<DropAlert>();
        var batch = new DropAlert[64];
        var clock = Stopwatch.StartNew();
        while (mine.Count < count)
        {
            Assert.True(clock.Elapsed < Patience, $"{mine.Count} of {count} drops were reported. {process.Errors}");
            int taken = monitor.Take(batch, TimeSpan.FromMilliseconds(100));
            mine.AddRange(batch[..taken].Where(alert => isMine is null || isMine(alert)));
        }

        return [.. mine];
    }

    private static void Run(string script)
    {
        using var shell = new ChildProcess("bash", ["-ec", script]);
        Assert.True(shell.WaitForExit() == 0, $"{script}: {shell.Errors}");
    }

    private static void Try(string script)
    {
        using var shell = new ChildProcess("bash", ["-c", script]);
        shell.WaitForExit();
    }
}
