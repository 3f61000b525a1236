using DropMon.Kernel.Tracing;
using DropMon.Monitoring.Preflight;

namespace DropMon.Sources.Tracepoint.Checks;

/// <summary>Whether the kernel has the tracepoint skb:kfree_skb, and whether it gives reasons.</summary>
internal sealed class TracepointCheck : IPreflightCheck
{
    public string Name => "Tracepoint";

    public PreflightResult Run(PreflightContext context)
    {
        try
        {
            TracepointFormat format = KfreeSkbTracepoint.ReadFormat();
            return new KfreeSkbLayout(format).HasReason
                ? new PreflightResult(
                    Name, PreflightStatus.Passed, $"skb:kfree_skb, id {format.Id}, with {format.Symbols("reason").Count} reasons named.")
                : new PreflightResult(
                    Name, PreflightStatus.Warning, $"skb:kfree_skb, id {format.Id}, without reasons: this kernel is older than Linux 5.17.",
                    "A newer kernel reports why; this one reports only where.");
        }
        catch (DropMonException error)
        {
            return new PreflightResult(Name, PreflightStatus.Warning, error.Message, error.Remedy);
        }
    }
}
