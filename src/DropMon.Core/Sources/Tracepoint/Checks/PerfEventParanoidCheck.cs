using DropMon.Machine;
using DropMon.Monitoring.Preflight;

namespace DropMon.Sources.Tracepoint.Checks;

/// <summary>
/// Who may open perf events (kernel.perf_event_paranoid). Levels above 2 are Debian's, Ubuntu's and Android's own, and Debian's default:
/// there CAP_PERFMON is not enough.
/// </summary>
internal sealed class PerfEventParanoidCheck : IPreflightCheck
{
    private const int HighestWithPerfMon = 2;
    private const string Path = "/proc/sys/kernel/perf_event_paranoid";

    public string Name => "PerfEventParanoid";

    public PreflightResult Run(PreflightContext context)
    {
        if (context.Setting(Path) is not { } level)
        {
            return new PreflightResult(
                Name, PreflightStatus.Warning, $"{Path} does not exist: this kernel has no perf events, so the tracepoint is unavailable.",
                "Use a kernel with CONFIG_PERF_EVENTS.");
        }

        if (level > HighestWithPerfMon && !context.Capabilities.Has(Capability.SysAdmin) && context.Capabilities.Has(Capability.PerfMon))
        {
            return new PreflightResult(
                Name, PreflightStatus.Warning,
                $"{level}: on kernels that know levels above 2 (Debian, Ubuntu) CAP_PERFMON does not suffice, and CAP_SYS_ADMIN is " +
                "missing.",
                "sysctl -w kernel.perf_event_paranoid=2, or grant CAP_SYS_ADMIN.");
        }

        return level < 0 || context.Capabilities.Has(Capability.PerfMon) || context.Capabilities.Has(Capability.SysAdmin)
            ? new PreflightResult(Name, PreflightStatus.Passed, $"{level}; this process may open perf events on all CPUs.")
            : new PreflightResult(
                Name, PreflightStatus.Warning,
                $"{level}: only processes with CAP_PERFMON may open the tracepoint on all CPUs, and this one lacks it.",
                "Run as root, or grant CAP_PERFMON; or, for all users: sysctl -w kernel.perf_event_paranoid=-1");
    }
}
