using System.Management.Automation;
using DropMon.Monitoring.Preflight;
using DropMon.Serialization;

namespace DropMon.Commands;

/// <summary>
/// The lists of objects within what cmdlets return, for DropMon.Types.ps1xml. As .NET properties they would make ConvertTo-Json go too
/// deep.
/// </summary>
public static class ListMembers
{
    /// <summary>The functions inlined at a place, innermost first; null without debug information.</summary>
    public static object? GetInlineFrames(PSObject location) => ValueText.Of(TextObject.OfEach(Of<KernelLocation>(location).InlineFrames));

    /// <summary>What this machine shows for and against a reason; null where it was not asked for.</summary>
    public static object? GetEvidence(PSObject reason) => ValueText.Of(TextObject.OfEach(Of<DropReasonInfo>(reason).Evidence));

    /// <summary>The drops that account for a counter's increase.</summary>
    public static object? GetExplained(PSObject reconciliation) =>
        ValueText.Of(TextObject.OfEach(Of<CounterReconciliation>(reconciliation).Explained));

    /// <summary>The changes that make up a counter's increase.</summary>
    public static object? GetChanges(PSObject reconciliation) =>
        ValueText.Of(TextObject.OfEach(Of<CounterReconciliation>(reconciliation).Changes));

    /// <summary>The properties of an alert that a source leaves null, and why.</summary>
    public static object? GetNullProperties(PSObject result) => ValueText.Of(TextObject.OfEach(Of<PreflightResult>(result).NullProperties));

    /// <summary>What is not counted, in sentences.</summary>
    public static object? GetGaps(PSObject ledger) => ValueText.Of(Of<DropLedger>(ledger).Gaps);

    private static T Of<T>(PSObject wrapped) => (T)wrapped.BaseObject;
}
