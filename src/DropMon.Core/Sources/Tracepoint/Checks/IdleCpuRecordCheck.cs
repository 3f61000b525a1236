using DropMon.Monitoring.Preflight;

namespace DropMon.Sources.Tracepoint.Checks;

/// <summary>Whether the kernel records what its CPUs do while they are idle: it handles received packets and timers there.</summary>
internal sealed class IdleCpuRecordCheck : IPreflightCheck
{
    public string Name => "IdleCpuRecord";

    public PreflightResult Run(PreflightContext context)
    {
        IReadOnlyList<IdleCpu> cpus;
        try
        {
            cpus = IdleCpuProbe.Look();
        }
        catch (DropMonException error)
        {
            return new PreflightResult(Name, PreflightStatus.Skipped, $"Perf events cannot be had: {error.Message}", "See PerfEventParanoid and Capabilities.");
        }

        return Describe(cpus);
    }

    internal PreflightResult Describe(IReadOnlyList<IdleCpu> cpus)
    {
        if (cpus.Any(cpu => cpu.IsSwallowed))
        {
            string named = List(cpus.Where(cpu => cpu.IsSwallowed));
            return new PreflightResult(Name, PreflightStatus.Warning,
                $"The kernel counts what happens on CPU {named} while it is idle, and writes no record of it: the tracepoint cannot tell of drops there (received packets, timers). They are counted as UnrecordedLost; perf record is blind in the same way.",
                $"Use a source that reads no perf records where there is one, such as the drop monitor, or keep those CPUs from idling while you look: taskset -c {named} timeout 60 nice -n 19 sh -c 'while :; do :; done' (one for each). A reboot may mend it.");
        }

        return cpus.Any(cpu => !cpu.IsRecorded)
            ? new PreflightResult(Name, PreflightStatus.Skipped, $"It cannot be told: CPU {List(cpus.Where(cpu => !cpu.IsRecorded))} was never idle during the look.", "Ask again when the machine is less busy.")
            : new PreflightResult(Name, PreflightStatus.Passed, "What happens on idle CPUs is recorded.");
    }

    private static string List(IEnumerable<IdleCpu> cpus) => string.Join(",", cpus.Select(cpu => cpu.Cpu));
}
