using DropMon.Machine;
using DropMon.Native;

namespace DropMon.Sources.Tracepoint;

/// <summary>
/// The tracepoint's events, one pair for each CPU that is online. An event dies with its CPU and does not come back with it:
/// the set closes it, keeps its count of losses, and opens another one when the CPU is online again. The source's thread alone changes
/// the set; any thread may ask for the losses.
/// </summary>
internal sealed class CpuEventSet : IDisposable
{
    private readonly int _tracepointId;
    private readonly bool _callchain;
    private readonly CpuChanges? _changes;
    private readonly HashSet<int> _wentOffline = [];
    private volatile CpuEvent[] _events = [];
    private int _ringSize;
    private readonly object _gate = new();
    private CpuLoss _lossOfClosed;

    /// <summary>Opens and enables the events of all online CPUs.</summary>
    /// <exception cref="DropMonException">They are unavailable; nothing is left behind.</exception>
    public CpuEventSet(int tracepointId, TracepointOptions options)
    {
        _tracepointId = tracepointId;
        _callchain = options.StackTrace;
        try
        {
            // Listens before it looks, so that no change falls between.
            _changes = TryListen();
            int[] cpus = CpuList.ReadOnline();
            _ringSize = options.RingSizeFor(cpus.Length);
            OpenMissing(cpus);
            if (_events.Length == 0)
            {
                throw new KernelFeatureMissingException(
                    "NoCpu", "The tracepoint skb:kfree_skb could be opened on no CPU.", "Check /sys/devices/system/cpu/online.");
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public IReadOnlyList<CpuEvent> Events => _events;

    /// <summary>Bytes of the ring of each CPU.</summary>
    public int RingSize => _ringSize;

    /// <summary>Whether CPUs that change will be noticed at once.</summary>
    public bool FollowsChanges => _changes is not null;

    /// <summary>Lost so far as the kernel's records tell, which it writes when there is room again; exact for CPUs that are gone.</summary>
    public CpuLoss ReportedLoss
    {
        get
        {
            CpuEvent[] events = _events;
            long unrecorded = events.Sum(e => e.Unrecorded);
            return LossOfClosed + new CpuLoss(events.Sum(e => (long)e.ReportedLost) + unrecorded, unrecorded);
        }
    }

    /// <summary>Hits that were not read: exact when all are disabled and drained.</summary>
    public CpuLoss Loss => _events.Aggregate(LossOfClosed, (sum, e) => sum + e.ReadLoss());

    /// <summary>What to wait for: all events and the announcements of changes.</summary>
    public IEnumerable<SafeFileDescriptor> Handles => _events
        .SelectMany(e => new[] { e.Doorbell.Handle, e.WatermarkHandle })
        .Concat(_changes is null ? [] : [_changes.Handle]);

    /// <summary>Has the doorbells ring at the next drop, those that are not armed already.</summary>
    public void ArmDoorbells()
    {
        foreach (CpuEvent cpuEvent in _events)
        {
            cpuEvent.Doorbell.Arm();
        }
    }

    public void Disable()
    {
        foreach (CpuEvent cpuEvent in _events)
        {
            cpuEvent.SetEnabled(false);
        }
    }

    /// <summary>Brings the set up to date with the CPUs that are online.</summary>
    /// <param name="hasDied">Tells that an event was found dead, whatever was announced.</param>
    /// <param name="drain">Reads what is left in the ring of a CPU that went.</param>
    /// <returns>The CPUs that came, those that went and came back included; null when none changed.</returns>
    public IReadOnlyList<int>? Follow(Func<CpuEvent, bool> hasDied, Action<CpuEvent> drain)
    {
        _wentOffline.Clear();
        bool announced = _changes is not null && _changes.Read(_wentOffline);
        CpuEvent[] dead = Array.FindAll(_events, e => hasDied(e) || _wentOffline.Contains(e.Cpu));
        if (!announced && dead.Length == 0)
        {
            return null;
        }

        int[] online = CpuList.ReadOnline();
        foreach (CpuEvent cpuEvent in _events.Where(e => dead.Contains(e) || !online.Contains(e.Cpu)).ToArray())
        {
            Close(cpuEvent, drain);
        }

        return OpenMissing(online);
    }

    public void Dispose()
    {
        foreach (CpuEvent cpuEvent in _events)
        {
            cpuEvent.Dispose();
        }

        _events = [];
        _changes?.Dispose();
    }

    private CpuLoss LossOfClosed
    {
        get
        {
            lock (_gate)
            {
                return _lossOfClosed;
            }
        }
    }

    private static CpuChanges? TryListen()
    {
        try
        {
            return new CpuChanges();
        }
        catch (SyscallException error) when (error.Kind is DropMonErrorKind.PermissionDenied or DropMonErrorKind.NotSupported)
        {
            return null;
        }
    }

    private void Close(CpuEvent cpuEvent, Action<CpuEvent> drain)
    {
        cpuEvent.SetEnabled(false);
        drain(cpuEvent);
        CpuLoss loss = cpuEvent.ReadLoss();
        _events = Array.FindAll(_events, e => e != cpuEvent);
        lock (_gate)
        {
            _lossOfClosed += loss;
        }

        cpuEvent.Dispose();
    }

    private List<int> OpenMissing(int[] online)
    {
        var opened = new List<int>();
        foreach (int cpu in online.Where(cpu => !_events.Any(e => e.Cpu == cpu)))
        {
            if (TryOpenOn(cpu) is { } cpuEvent)
            {
                _events = [.. _events, cpuEvent];
                cpuEvent.SetEnabled(true);
                cpuEvent.Doorbell.Arm();
                opened.Add(cpu);
            }
        }

        return opened;
    }

    // Null when the CPU went offline meanwhile.
    private CpuEvent? TryOpenOn(int cpu)
    {
        while (true)
        {
            try
            {
                return new CpuEvent(cpu, _tracepointId, _ringSize, _callchain);
            }
            catch (SyscallException error) when (error.Call == "mmap" && _ringSize > Environment.SystemPageSize)
            {
                // Beyond kernel.perf_event_mlock_kb without CAP_IPC_LOCK, or short of memory: a smaller ring is better than none.
                _ringSize /= 2;
            }
            catch (SyscallException error) when (error.Errno == Errno.ENODEV)
            {
                return null;
            }
            catch (SyscallException error) when (error.Errno is Errno.EACCES or Errno.EPERM)
            {
                throw new PrivilegeException(
                    "Reading the tracepoint skb:kfree_skb on all CPUs was refused (kernel.perf_event_paranoid allows it only to " +
                    "privileged processes).",
                    "CAP_PERFMON (CAP_SYS_ADMIN where kernel.perf_event_paranoid is above 2)",
                    error);
            }
        }
    }
}
