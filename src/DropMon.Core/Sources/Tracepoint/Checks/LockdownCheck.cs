using DropMon.Monitoring.Preflight;
using DropMon.Native;

namespace DropMon.Sources.Tracepoint.Checks;

/// <summary>
/// Whether kernel lockdown forbids what DropMon does: booted at the level confidentiality, the kernel makes no files in tracefs.
/// </summary>
internal sealed class LockdownCheck : IPreflightCheck
{
    public string Name => "Lockdown";

    public PreflightResult Run(PreflightContext context) => KernelLockdown.Parse(context.Machine.ReadFile(KernelLockdown.Path)) switch
    {
        null =>
            new PreflightResult(
                Name, PreflightStatus.Skipped,
                $"{KernelLockdown.Path} cannot be read: this kernel has no lockdown, or securityfs is not mounted."),
        KernelLockdown.Confidentiality => new PreflightResult(Name, PreflightStatus.Warning,
            "confidentiality: tracefs is empty and no BPF program may read a packet, so the tracepoint and the eBPF source are "
                + "unavailable, even to root. The drop monitor works.",
            "Boot with lockdown=integrity, or use the drop monitor."),
        string level =>
            new PreflightResult(Name, PreflightStatus.Passed, $"{SafeText.Escape(level)}: it restricts nothing that DropMon does."),
    };
}
