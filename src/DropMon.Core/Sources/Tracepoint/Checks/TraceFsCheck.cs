using DropMon.Kernel.Tracing;
using DropMon.Machine;
using DropMon.Monitoring.Preflight;

namespace DropMon.Sources.Tracepoint.Checks;

/// <summary>Whether the kernel's tracing file system is mounted.</summary>
internal sealed class TraceFsCheck : IPreflightCheck
{
    public string Name => "TraceFs";

    public PreflightResult Run(PreflightContext context)
    {
        if (TraceFs.FindMounted() is { } path)
        {
            return new PreflightResult(Name, PreflightStatus.Passed, $"Mounted on {path}.");
        }

        const string Command = "mount -t tracefs tracefs /sys/kernel/tracing";
        return context.Capabilities.Has(Capability.SysAdmin)
            ? new PreflightResult(Name, PreflightStatus.Passed, "Not mounted; DropMon mounts it to use the tracepoint.", Command)
            : new PreflightResult(
                Name, PreflightStatus.Warning, "Not mounted, and mounting it needs CAP_SYS_ADMIN: the tracepoint is unavailable.",
                $"sudo {Command}");
    }
}
