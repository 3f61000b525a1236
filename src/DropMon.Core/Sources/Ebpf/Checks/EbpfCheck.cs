using DropMon.Monitoring.Preflight;

namespace DropMon.Sources.Ebpf.Checks;

/// <summary>Whether this kernel loads the program and lets this process attach it.</summary>
internal sealed class EbpfCheck : IPreflightCheck
{
    public string Name => "Ebpf";

    public PreflightResult Run(PreflightContext context)
    {
        if (new EbpfDescriptor().Probe() is { } error)
        {
            return new PreflightResult(Name, PreflightStatus.Warning, error.Message, error.Remedy);
        }

        if (ProgramLog.IsRead)
        {
            ProgramLog.List(EbpfObjects.List(EbpfOptions.Of(new SourceRequest(), Environment.ProcessorCount)));
        }

        return new PreflightResult(Name, PreflightStatus.Passed, "The kernel loads the program for dropped packets and attaches it.");
    }
}
