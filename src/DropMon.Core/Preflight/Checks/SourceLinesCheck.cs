using DropMon.Kernel.Symbols;
using DropMon.Monitoring.Preflight;
using DropMon.Sources;

namespace DropMon.Preflight.Checks;

/// <summary>
/// Whether drops get source lines: libdw and the kernel's debug information. Most machines do without, and nothing is wrong with them.
/// </summary>
internal sealed class SourceLinesCheck : IPreflightCheck
{
    public string Name => "SourceLines";

    public PreflightResult Run(PreflightContext context)
    {
        using var lines = new DwarfSourceLines(new KernelSymbolTable());
        SourceLineSupport support = lines.Describe();
        return support.IsAvailable
            ? new PreflightResult(Name, PreflightStatus.Passed, support.Status)
            : new PreflightResult(
                Name, PreflightStatus.Skipped, $"{support.Status} Drops have a function, but no source line.", support.Remedy);
    }
}
