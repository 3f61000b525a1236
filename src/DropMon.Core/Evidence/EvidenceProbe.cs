using System.Text.Json;
using DropMon.Counters.Tables;
using DropMon.Machine;
using DropMon.Text;

namespace DropMon.Evidence;

/// <summary>What the probes share: findings, and tools whose absence is a finding.</summary>
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
        Source = source,
    };

    /// <summary>That a table of the kernel could not be read; null where it was.</summary>
    protected static DropEvidence? Unread<T>(EvidenceQuery query, string subject, TableReading<T> reading) =>
        reading.Problem is { } problem
            ? Found(query, subject, $"This was not looked at: {problem}", null, EvidenceVerdict.Neutral, reading.Source)
            : null;

    protected static DropEvidence Unreadable(EvidenceQuery query, string path) =>
        Found(query, path, $"{path} cannot be read here.", null, EvidenceVerdict.Neutral, path);

    /// <summary>Runs a tool that prints JSON.</summary>
    /// <param name="query">What is being looked for.</param>
    /// <param name="tool">The tool.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="cancellationToken">Ends the tool.</param>
    /// <param name="excuse">Why there is no document; null where there is one.</param>
    /// <returns>What it printed; null where it is not installed, failed or printed nothing.</returns>
    protected JsonDocument? RunJson(EvidenceQuery query, string tool, string[] arguments, CancellationToken cancellationToken, out DropEvidence? excuse)
    {
        string? output = RunText(query, tool, arguments, cancellationToken, out excuse);
        if (string.IsNullOrWhiteSpace(output))
        {
            return null;
        }

        try
        {
            return JsonDocument.Parse(output);
        }
        catch (JsonException e)
        {
            excuse = Found(query, tool, $"{tool} printed something else than JSON.", e.Message, EvidenceVerdict.Neutral, CommandLine(tool, arguments));
            return null;
        }
    }

    /// <inheritdoc cref="RunJson"/>
    protected string? RunText(EvidenceQuery query, string tool, string[] arguments, CancellationToken cancellationToken, out DropEvidence? excuse)
    {
        ToolResult result = Machine.Run(tool, arguments, cancellationToken);
        string? why = result.Outcome switch
        {
            ToolOutcome.Missing => $"{tool} is not installed, so this was not looked at.",
            ToolOutcome.TimedOut => $"{tool} did not end in time, so this was not looked at.",
            ToolOutcome.Failed => $"{tool} failed, so this was not looked at: {result.Error}.",
            _ => null,
        };
        excuse = why is null ? null : Found(query, tool, why, null, EvidenceVerdict.Neutral, CommandLine(tool, arguments));
        return why is null ? result.Output : null;
    }

    protected static string CommandLine(string tool, params string[] arguments) => ShellQuote.Command(tool, arguments);
}
