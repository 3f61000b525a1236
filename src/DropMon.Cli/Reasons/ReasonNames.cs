using DropMon.Evidence;

namespace DropMon.Cli.Reasons;

/// <summary>The names that a shell completes.</summary>
internal static class ReasonNames
{
    public static IEnumerable<string> All() =>
        DropReasonCatalog.OfThisMachine().Find().Select(reason => reason.Name).Distinct().Order(StringComparer.Ordinal);
}
