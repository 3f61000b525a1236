using System.Management.Automation;
using DropMon.Counters;
using DropMon.Input;
using DropMon.Output;
using DropMon.Text;

namespace DropMon.Commands;

/// <summary>Compares two readings of the counters: what rose between them, by how much, and how fast.</summary>
[Cmdlet(VerbsData.Compare, "NetDropCounter")]
[OutputType(typeof(DropCounterChange))]
public sealed class CompareNetDropCounterCommand : PSCmdlet
{
    private readonly List<DropCounter> _after = [];

    /// <summary>The earlier reading, live or as another session wrote it.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [AllowEmptyCollection]
    public PSObject?[] Before { get; set; } = [];

    /// <summary>The later reading; without it, the counters as they stand now.</summary>
    [Parameter(Position = 1, ValueFromPipeline = true)]
    [AllowEmptyCollection]
    public PSObject?[]? After { get; set; }

    /// <summary>Also counters that stand where they stood.</summary>
    [Parameter]
    public SwitchParameter IncludeSame { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => _after.AddRange(this.ReadCounters(After));

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        DropCounter[] before = [.. this.ReadCounters(Before)];
        IEnumerable<DropCounter> after = !MyInvocation.ExpectingInput && After is null ? ReadNow(before) : _after;
        WriteObject(
            DropCounterComparison.Compare(before, after)
                .Where(change => IncludeSame || change.Increase != 0 || change is { State: DropCounterState.Gone, Before: not 0 })
                .OrderByDescending(change => change.ImpliesDrop)
                .ThenByDescending(change => Math.Abs(change.Increase)),
            enumerateCollection: true);
    }

    private IEnumerable<DropCounter> ReadNow(DropCounter[] before)
    {
        if (before.FirstOrDefault(counter => counter.ComputerName is not null) is { ComputerName: { } computer })
        {
            ThrowTerminatingError(
                new OptionException(
                    $"The earlier reading is from {computer}, so this computer's counters cannot be compared with it.",
                    "Give the later reading too: -After (Get-NetDropCounter -HostName " +
                    $"{PowerShellQuote.Word(computer)})").ToErrorRecord(Before));
        }

        DropCounterSnapshot now = DropCounterSnapshot.Read();
        this.Warn(now);

        // What was left out of the first reading was left out on purpose.
        HashSet<string> wanted = [.. before.Select(counter => counter.Name)];
        return now.Counters.Where(counter => wanted.Contains(counter.Name));
    }
}
