using DropMon.Monitoring.Preflight;
using DropMon.Text;

namespace DropMon.Sources.NetDm.Checks;

/// <summary>Whether the drop monitor can be reached from here: it lives in the kernel's initial network namespace only.</summary>
internal sealed class NetworkNamespaceCheck : IPreflightCheck
{
    public string Name => "NetworkNamespace";

    public PreflightResult Run(PreflightContext context) => context.IsFirstNetworkNamespace
        ? new PreflightResult(Name, PreflightStatus.Passed, "This is the kernel's initial network namespace.")
        : new PreflightResult(Name, PreflightStatus.Warning,
            "This is not the kernel's initial network namespace, the only one from which the drop monitor is reachable. Sources at " +
            "the tracepoint (eBPF and perf) are not bound to it; they report drops in all namespaces.",
            $"To use the drop monitor: nsenter --target 1 --net {CommandId.Program} (on the host), or a container with --network host.");
}
