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
            return new PreflightResult(
                Name, PreflightStatus.Skipped, $"Perf events are unavailable: {error.Message}", "See PerfEventParanoid and Capabilities.");
        }

        return Describe(cpus);
    }

    internal PreflightResult Describe(IReadOnlyList<IdleCpu> cpus)
    {
        if (cpus.Any(cpu => cpu.IsSwallowed))
        {
            string named = List(cpus.Where(cpu => cpu.IsSwallowed));
            return new PreflightResult(Name, PreflightStatus.Warning,
                $"The kernel counts drops on CPU {named} while it is idle but writes no record of them: the tracepoint cannot report " +
                "drops there (received packets, timers). They are counted as UnrecordedLost; perf record misses them too.",
                "Use a source that reads no perf records where there is one, such as the drop monitor, or keep those CPUs busy " +
                $"meanwhile: taskset -c {named} timeout 60 nice -n 19 sh -c 'while :; do :; done' (one command per CPU). A reboot may " +
                "help.");
        }

        return cpus.Any(cpu => !cpu.IsRecorded)
            ? new PreflightResult(
                Name, PreflightStatus.Skipped, $"Unknown: CPU {List(cpus.Where(cpu => !cpu.IsRecorded))} was never idle during the check.",
                "Check again when the machine is less busy.")
            : new PreflightResult(Name, PreflightStatus.Passed, "Drops on idle CPUs are recorded.");
    }

    private static string List(IEnumerable<IdleCpu> cpus) => string.Join(",", cpus.Select(cpu => cpu.Cpu));
}
