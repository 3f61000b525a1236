using DropMon.Kernel.Symbols;
using DropMon.Machine;
using DropMon.Monitoring.Preflight;
using DropMon.Sources;

namespace DropMon.Preflight.Checks;

/// <summary>Whether the kernel shows where its functions lie (kernel.kptr_restrict and CAP_SYSLOG).</summary>
internal sealed class KernelSymbolsCheck : IPreflightCheck
{
    private const string RestrictPath = "/proc/sys/kernel/kptr_restrict";

    public string Name => "KernelSymbols";

    public PreflightResult Run(PreflightContext context)
    {
        int? restrict = context.Setting(RestrictPath);
        try
        {
            return new KernelSymbolTable().AddressesHidden
                ? new PreflightResult(Name, PreflightStatus.Warning,
                    "/proc/kallsyms hides the addresses (kptr_restrict " +
                    $"{restrict}{(context.Capabilities.Has(Capability.Syslog) ? "" : ", CAP_SYSLOG missing")}): a drop has no function " +
                    "if its source reports only the address, and the kernel's own text, cut to 40 bytes, if the source reports that.",
                    restrict == 2 ? "sysctl -w kernel.kptr_restrict=1, and run with CAP_SYSLOG" : "Run as root, or grant CAP_SYSLOG.")
                : new PreflightResult(Name, PreflightStatus.Passed, $"/proc/kallsyms shows addresses (kptr_restrict {restrict}).");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return new PreflightResult(
                Name, PreflightStatus.Warning, $"/proc/kallsyms cannot be read: {error.Message} Drops have no function.",
                "Mount /proc, and use a kernel with CONFIG_KALLSYMS.");
        }
    }
}
