using DropMon.Native;
using DropMon.Text;

namespace DropMon.Sources.Tracepoint;

/// <summary>
/// Hits that the kernel counts and writes no record of: foreseen where an idle CPU is not recorded, and found where they happen. No bell
/// rings for them.
/// </summary>
internal sealed class UnrecordedHits
{
    private static readonly string MoreInTheDoctor = $"IdleCpuRecord in {CommandId.Doctor} says what helps.";

    private readonly HashSet<int> _told = [];
    private volatile string[] _warnings = [];

    /// <summary>What was found, in sentences.</summary>
    public IReadOnlyList<string> Warnings => _warnings;

    /// <summary>Looks whether the kernel records what its idle CPUs do, for some milliseconds.</summary>
    public void LookAtIdleCpus()
    {
        try
        {
            int[] swallowing = [.. IdleCpuProbe.Look().Where(cpu => cpu.IsSwallowed).Select(cpu => cpu.Cpu)];
            if (swallowing.Length > 0)
            {
                _told.UnionWith(swallowing);
                _warnings =
                    [$"This kernel records no drops on CPU {string.Join(", ", swallowing)} while idle: drops there (received packets, " +
                        $"timers) are only counted, as UnrecordedLost. {MoreInTheDoctor}"];
            }
        }
        catch (SyscallException)
        {
            // Without that look, the hits show when they happen.
        }
    }

    /// <summary>Looks whether there were such hits; call when all is read.</summary>
    /// <returns>Whether that is news.</returns>
    public bool LookForUnrecorded(IReadOnlyList<CpuEvent> events)
    {
        foreach (CpuEvent cpuEvent in events)
        {
            cpuEvent.LookForUnrecorded();
        }

        int[] silent = [.. events.Where(e => e.Unrecorded > 0 && _told.Add(e.Cpu)).Select(e => e.Cpu)];
        if (silent.Length > 0)
        {
            _warnings =
            [
                .. _warnings,
                $"The kernel counted drops on CPU {string.Join(", ", silent)} but wrote no record of them: where and why they happened " +
                $"is unknown. {MoreInTheDoctor}"
            ];
        }

        return silent.Length > 0;
    }
}
