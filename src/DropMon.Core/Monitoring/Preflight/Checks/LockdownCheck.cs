namespace DropMon.Monitoring.Preflight.Checks;

/// <summary>Whether kernel lockdown forbids what DropMon does: at the level confidentiality, perf events and kernel addresses.</summary>
internal sealed class LockdownCheck : IPreflightCheck
{
    private const string Path = "/sys/kernel/security/lockdown";

    public string Name => "Lockdown";

    public PreflightResult Run(PreflightContext context)
    {
        string? text = context.Machine.ReadFile(Path);
        int start = text?.IndexOf('[', StringComparison.Ordinal) ?? -1;
        int end = text?.IndexOf(']', StringComparison.Ordinal) ?? -1;
        string level = text is not null && start >= 0 && end > start ? text[(start + 1)..end] : "";
        return level switch
        {
            "" => new PreflightResult(Name, PreflightStatus.Skipped, $"{Path} does not tell: this kernel has no lockdown, or securityfs is not mounted."),
            "confidentiality" => new PreflightResult(Name, PreflightStatus.Warning,
                "confidentiality: the kernel refuses the tracepoint to everybody, root included. The drop monitor still works.",
                "Boot with lockdown=integrity, or use -Source NetDm."),
            _ => new PreflightResult(Name, PreflightStatus.Passed, $"{SafeText.Escape(level)}: nothing that DropMon does is forbidden."),
        };
    }
}
