using System.Management.Automation;
using DropMon.Counters;
using DropMon.Fleet;
using DropMon.Output;
using DropMon.Parameters;
using DropMon.Text;

namespace DropMon.Commands;

/// <summary>
/// Gets the kernel's counters of this network namespace: what each counts, where it stands, and whether that means dropped packets; with
/// -Delta, by how much each rises.
/// </summary>
[Cmdlet(VerbsCommon.Get, "NetDropCounter", DefaultParameterSetName = LocalSet)]
[OutputType(typeof(DropCounter), typeof(DropCounterChange))]
public sealed class GetNetDropCounterCommand : PSCmdlet, IDynamicParameters, IDisposable
{
    private const string LocalSet = "Local";
    private const string WatchingCounters = "Watching the counters";

    private readonly ManualResetEventSlim _stop = new();
    private readonly FleetInvocation _fleet;
    private readonly HashSet<(string?, string?)> _asked = [];
    private readonly List<string> _names = [];
    private readonly List<string> _interfaceNames = [];
    private readonly List<DropCounterFilter> _filters = [];

    /// <summary>Creates the cmdlet.</summary>
    public GetNetDropCounterCommand() => _fleet = new FleetInvocation(this);

    /// <summary>Only counters with these names, as in Udp.RcvbufErrors or RcvbufErrors.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(CounterCompleter))]
    [TextOnly]
    [NamePattern]
    public string[]? Name { get; set; }

    /// <summary>Only counters of these classes.</summary>
    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ClassCompleter))]
    [ClassPattern]
    public string[]? Class { get; set; }

    /// <summary>Only counters that belong to these interfaces.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Interface")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(InterfaceCompleter))]
    [NamePattern]
    public string[]? InterfaceName { get; set; }

    /// <summary>Only counters of which an increase means a drop so surely.</summary>
    [Parameter]
    public DropImplication[]? ImpliesDrop { get; set; }

    /// <summary>Only counters that do not stand at 0; with -Delta, only those that moved.</summary>
    [Parameter]
    public SwitchParameter NonZero { get; set; }

    /// <summary>Reads twice and gets the change between.</summary>
    [Parameter]
    public SwitchParameter Delta { get; set; }

    /// <summary>The time between the two readings: seconds, or a TimeSpan.</summary>
    [Parameter]
    [Seconds]
    public TimeSpan Duration { get; set; } = TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    public object GetDynamicParameters() => _fleet.Parameters;

    /// <inheritdoc/>
    public void Dispose()
    {
        _stop.Dispose();
        _fleet.Dispose();
    }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        // No parameter set of its own can say that: with one, -Delta had three to choose from and the pipeline could not bind.
        if (!Delta && MyInvocation.BoundParameters.ContainsKey(nameof(Duration)))
        {
            ThrowTerminatingError(
                new OptionException(
                    "-Duration is the time between the two readings of -Delta.",
                    "Give -Delta too, or leave out -Duration.").ToErrorRecord(null));
        }
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (_fleet.IsGiven)
        {
            _fleet.Run(Delta ? WatchingCounters : "Reading counters", Delta ? Duration : null);
            return;
        }

        // Each object of the pipeline may ask for others; the counters are read once, for all of them.
        if (_asked.Add((Name is null ? null : string.Join('\n', Name), InterfaceName is null ? null : string.Join('\n', InterfaceName))))
        {
            _names.AddRange(Name ?? []);
            _interfaceNames.AddRange(InterfaceName ?? []);
            _filters.Add(CreateFilter());
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (_filters.Count == 0)
        {
            return;
        }

        DropCounterSnapshot snapshot = DropCounterSnapshot.Read();
        if (!Delta)
        {
            this.Warn(snapshot);
            TellOfMissing(snapshot.Counters);
            WriteObject(snapshot.Counters.Where(counter => _filters.Exists(filter => filter.Matches(counter))), enumerateCollection: true);
            return;
        }

        this.WaitWithProgress(WatchingCounters, Duration, _stop);
        DropCounterSnapshot later = DropCounterSnapshot.Read();
        this.Warn(later);
        TellOfMissing(snapshot.Counters.Concat(later.Counters));
        WriteObject(
            DropCounterComparison.Compare(snapshot.Counters, later.Counters)
                .Where(change => _filters.Exists(filter => filter.Matches(change))),
            enumerateCollection: true);
    }

    /// <inheritdoc/>
    protected override void StopProcessing()
    {
        _stop.Set();
        _fleet.Cancel();
    }

    private DropCounterFilter CreateFilter() => new()
    {
        Name = NamePatternSet.Parse(Name),
        Class = NamePatternSet.Parse(Class),
        InterfaceName = NamePatternSet.Parse(InterfaceName),
        ImpliesDrop = ImpliesDrop is null ? null : new HashSet<DropImplication>(ImpliesDrop),
        NonZero = NonZero,
    };

    // Before the filters: a counter that they hide is there all the same.
    private void TellOfMissing(IEnumerable<DropCounter> read)
    {
        if (_names.Count == 0 && _interfaceNames.Count == 0)
        {
            return;
        }

        var names = new CounterNames(read, CounterKnowledge.Embedded);
        Tell(_names, names.FindFault);
        Tell(_interfaceNames, names.FindInterfaceFault);

        void Tell(List<string> asked, Func<string, CounterException?> findFault)
        {
            foreach (string name in NamePatternSet.NamesIn(asked))
            {
                if (findFault(name) is { } error)
                {
                    WriteError(error.ToErrorRecord(name));
                }
            }
        }
    }
}
