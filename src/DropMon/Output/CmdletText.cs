using DropMon.Monitoring.Preflight;
using DropMon.Text;

namespace DropMon.Output;

/// <summary>What the engine says, with the options and commands of this module.</summary>
internal static class CmdletText
{
    private static readonly CmdletSpelling Spelling = new();

    /// <summary>A text.</summary>
    public static string Of(string text) => OptionText.Spell(text, Spelling);

    /// <summary>A status.</summary>
    public static DropMonitorStatus Of(DropMonitorStatus status) => status with
    {
        Notes = [.. status.Notes.Select(Of)],
        Warnings = [.. status.Warnings.Select(Of)],
        Error = status.Error is null ? null : Of(status.Error),
        Ledger = status.Ledger.Spell(Spelling),
    };

    /// <summary>A group of drops.</summary>
    public static DropMeasurement Of(DropMeasurement group) => group with { Ledger = group.Ledger?.Spell(Spelling) };

    /// <summary>A verdict.</summary>
    public static DropHealth Of(DropHealth health) => health with { Ledger = health.Ledger?.Spell(Spelling) };

    /// <summary>A reason, with what was found.</summary>
    public static DropReasonInfo Of(DropReasonInfo reason) => reason with
    {
        Evidence = reason.Evidence is null ? null
            : [.. reason.Evidence.Select(evidence => evidence with { Finding = Of(evidence.Finding) })],
    };

    /// <summary>A finding.</summary>
    public static PreflightResult Of(PreflightResult result) => result with
    {
        Detail = Of(result.Detail),
        Remedy = result.Remedy is null ? null : Of(result.Remedy),
        NullProperties = [.. result.NullProperties.Select(property => property with { Why = Of(property.Why) })],
    };
}
