using DropMon.Monitoring.Preflight;
using DropMon.Native;

namespace DropMon.Sources.Tracepoint.Checks;

/// <summary>Whether kernel lockdown forbids what DropMon does: booted at the level confidentiality, the kernel makes no files in tracefs.</summary>
internal sealed class LockdownCheck : IPreflightCheck
{
    public string Name => "Lockdown";

    public PreflightResult Run(PreflightContext context) => KernelLockdown.Parse(context.Machine.ReadFile(KernelLockdown.Path)) switch
    {
        null => new PreflightResult(Name, PreflightStatus.Skipped, $"{KernelLockdown.Path} does not tell: this kernel has no lockdown, or securityfs is not mounted."),
        KernelLockdown.Confidentiality => new PreflightResult(Name, PreflightStatus.Warning,
            "confidentiality: a kernel booted so has an empty tracefs and hence no tracepoint, for root neither. The drop monitor works.",
            "Boot with lockdown=integrity, or use a source that needs no tracefs, such as the drop monitor."),
        string level => new PreflightResult(Name, PreflightStatus.Passed, $"{SafeText.Escape(level)}: nothing that DropMon does is forbidden."),
    };
}
