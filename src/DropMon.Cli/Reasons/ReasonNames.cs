using DropMon.Monitoring;
using DropMon.Reasons;

namespace DropMon.Cli.Reasons;

/// <summary>The names that a shell completes.</summary>
internal static class ReasonNames
{
    public static IEnumerable<string> All() =>
        new DropReasonCatalog(DropKnowledge.Embedded, KernelKnowledge.RunningReasons()).Find().Select(reason => reason.Name).Distinct().Order(StringComparer.Ordinal);
}
