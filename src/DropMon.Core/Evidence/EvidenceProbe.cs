using DropMon.Counters.Tables;
using DropMon.Machine;

namespace DropMon.Evidence;

/// <summary>What the probes share.</summary>
internal abstract class EvidenceProbe(IMachine machine, EvidenceScope scope) : IEvidenceProbe
{
    protected EvidenceProbe(IMachine machine, params string[] reasons)
        : this(machine, new EvidenceScope(reasons))
    {
    }

    protected IMachine Machine { get; } = machine;

    public virtual bool Covers(EvidenceQuery query) => scope.Covers(query);

    public virtual IEnumerable<KeyValuePair<string, long>> Count(CancellationToken cancellationToken) => [];

    public abstract IEnumerable<DropEvidence> Examine(EvidenceQuery query, CancellationToken cancellationToken);

    public static DropEvidence Found(
        EvidenceQuery query, string subject, string finding, string? value, EvidenceVerdict verdict, string source) => new()
        {
            Reason = query.Reason,
            Subject = SafeText.Escape(subject),
            Finding = SafeText.Escape(finding),
            Value = value is null ? null : SafeText.Escape(value),
            Verdict = verdict,
            Source = SafeText.Escape(source),
        };

    /// <summary>That a table of the kernel could not be read; null where it was.</summary>
    protected static DropEvidence? Unread<T>(EvidenceQuery query, string subject, TableReading<T> reading) =>
        reading.Problem is { } problem
            ? Found(query, subject, $"This was not looked at: {problem}", null, EvidenceVerdict.Neutral, reading.Source)
            : null;

    protected static DropEvidence Unreadable(EvidenceQuery query, string path) =>
        Found(query, path, $"{path} cannot be read here.", null, EvidenceVerdict.Neutral, path);
}
