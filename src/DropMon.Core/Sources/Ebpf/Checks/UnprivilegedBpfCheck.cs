using DropMon.Monitoring.Preflight;

namespace DropMon.Sources.Ebpf.Checks;

/// <summary>
/// kernel.unprivileged_bpf_disabled, which many take for a switch of all BPF programs: it concerns processes without capabilities only.
/// </summary>
internal sealed class UnprivilegedBpfCheck : IPreflightCheck
{
    private const string Path = "/proc/sys/kernel/unprivileged_bpf_disabled";

    public string Name => "UnprivilegedBpf";

    public PreflightResult Run(PreflightContext context) => context.Setting(Path) is { } value
        ? new PreflightResult(Name, PreflightStatus.Passed,
            $"kernel.unprivileged_bpf_disabled is {value}. It does not matter: it restricts processes without capabilities, and the eBPF "
                + "source needs capabilities in any case.")
        : new PreflightResult(Name, PreflightStatus.Skipped, $"{Path} cannot be read. It does not matter for the eBPF source.");
}
