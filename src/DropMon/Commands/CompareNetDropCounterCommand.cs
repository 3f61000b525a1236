using System.Management.Automation;
using DropMon.Counters;

namespace DropMon.Commands;

/// <summary>Compares two readings of the counters: what rose between them, by how much, and how fast.</summary>
[Cmdlet(VerbsData.Compare, "NetDropCounter")]
[OutputType(typeof(DropCounterChange))]
public sealed class CompareNetDropCounterCommand : PSCmdlet
{
    private readonly List<DropCounter> _after = [];

    /// <summary>The earlier reading.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [AllowEmptyCollection]
    public DropCounter[] Before { get; set; } = [];

    /// <summary>The later reading; without it, the counters as they stand now.</summary>
    [Parameter(Position = 1, ValueFromPipeline = true)]
    [AllowEmptyCollection]
    public DropCounter[]? After { get; set; }

    /// <summary>Also counters that stand where they stood.</summary>
    [Parameter]
    public SwitchParameter IncludeSame { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => _after.AddRange(After ?? []);

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        IEnumerable<DropCounter> after = _after;
        if (!MyInvocation.ExpectingInput && After is null)
        {
            DropCounterSnapshot now = DropCounterSnapshot.Read();
            this.Warn(now);

            // What was left out of the first reading was left out on purpose.
            HashSet<string> wanted = [.. Before.Select(counter => counter.Name)];
            after = now.Counters.Where(counter => wanted.Contains(counter.Name));
        }

        WriteObject(
            DropCounterComparison.Compare(Before, after)
                .Where(change => IncludeSame || change.Increase != 0 || change is { State: DropCounterState.Gone, Before: not 0 })
                .OrderByDescending(change => change.ImpliesDrop)
                .ThenByDescending(change => Math.Abs(change.Increase)),
            enumerateCollection: true);
    }
}
