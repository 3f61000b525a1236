using DropMon.Monitoring.Preflight;
using DropMon.Sources;

namespace DropMon.Preflight.Checks;

/// <summary>Whether the kernel describes its types (BTF): it names the reasons of subsystems.</summary>
internal sealed class BtfCheck : IPreflightCheck
{
    private const string Path = "/sys/kernel/btf/vmlinux";

    public string Name => "Btf";

    public PreflightResult Run(PreflightContext context)
    {
        try
        {
            using FileStream file = File.OpenRead(Path);
            return new PreflightResult(Name, PreflightStatus.Passed, $"{Path} is readable: the reasons of subsystems have names.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return new PreflightResult(
                Name, PreflightStatus.Warning,
                $"{Path} cannot be read: the reasons of subsystems other than the core stay numbers unless the kernel names them itself.",
                "Use a kernel with CONFIG_DEBUG_INFO_BTF.");
        }
    }
}
