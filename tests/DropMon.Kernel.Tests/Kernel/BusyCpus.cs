using System.Runtime.InteropServices;
using DropMon.Native;
using DropMon.Sources.Tracepoint;

namespace DropMon.KernelTests.Kernel;

/// <summary>Keeps CPUs from idling, with the lowest priority there is, so that all others go first.</summary>
internal sealed partial class BusyCpus : IDisposable
{
    private const int OfProcessOrThread = 0; // PRIO_PROCESS
    private const int LowestPriority = 19;

    private readonly Thread[] _threads;
    private volatile bool _isOver;

    private BusyCpus(IEnumerable<int> cpus)
    {
        _threads = [.. cpus.Select(cpu => new Thread(() => Spin(cpu)) { IsBackground = true })];
        Array.ForEach(_threads, thread => thread.Start());
    }

    /// <summary>
    /// Keeps those busy of which it is not certain that the kernel keeps records while they idle: drops there could not be reported,
    /// by perf no more than by DropMon. A kernel of the rig has none that are known not to.
    /// </summary>
    public static BusyCpus WhereIdlingMayNotBeRecorded(KernelUnderTest kernel)
    {
        IReadOnlyList<IdleCpu> cpus = IdleCpuProbe.Look();
        Assert.False(kernel.IsQuiet && cpus.Any(cpu => cpu.IsSwallowed),
            $"A kernel of the rig keeps no records of idle CPUs: {string.Join(", ", cpus)}");
        return new BusyCpus(cpus.Where(cpu => !cpu.IsRecorded).Select(cpu => cpu.Cpu));
    }

    public void Dispose()
    {
        _isOver = true;
        Array.ForEach(_threads, thread => thread.Join());
    }

    private void Spin(int cpu)
    {
        ThreadAffinity.StayOn(cpu);
        _ = SetPriority(OfProcessOrThread, 0, LowestPriority);
        while (!_isOver)
        {
            Thread.SpinWait(1000);
        }
    }

    [LibraryImport("libc", EntryPoint = "setpriority", SetLastError = true)]
    private static partial int SetPriority(int which, int id, int priority);
}
