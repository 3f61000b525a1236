using System.Management.Automation;
using DropMon.Counters;

namespace DropMon.Commands;

/// <summary>
/// Gets the kernel's counters of this network namespace: what each counts, where it stands, and whether that means dropped packets; with -Delta, by
/// how much each rises.
/// </summary>
[Cmdlet(VerbsCommon.Get, "NetDropCounter", DefaultParameterSetName = ValueSet)]
[OutputType(typeof(DropCounter), ParameterSetName = [ValueSet])]
[OutputType(typeof(DropCounterChange), ParameterSetName = [DeltaSet])]
public sealed class GetNetDropCounterCommand : PSCmdlet, IDynamicParameters, IDisposable
{
    private const string ValueSet = "Value";
    private const string DeltaSet = "Delta";
    private const string WatchingCounters = "Watching the counters";

    private readonly ManualResetEventSlim _stop = new();
    private readonly Fleet _fleet;

    /// <summary>Creates the cmdlet.</summary>
    public GetNetDropCounterCommand() => _fleet = new Fleet(this);

    /// <summary>Only counters with these names, as in Udp.RcvbufErrors or RcvbufErrors.</summary>
    [Parameter(Position = 0)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(CounterCompleter))]
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
    public string[]? InterfaceName { get; set; }

    /// <summary>Only counters of which an increase means a drop so surely.</summary>
    [Parameter]
    public DropImplication[]? ImpliesDrop { get; set; }

    /// <summary>Only counters that do not stand at 0; with -Delta, only those that moved.</summary>
    [Parameter]
    public SwitchParameter NonZero { get; set; }

    /// <summary>Reads twice and gets the change between.</summary>
    [Parameter(Mandatory = true, ParameterSetName = DeltaSet)]
    [Parameter(ParameterSetName = FleetParameters.HostNameSet)]
    [Parameter(ParameterSetName = FleetParameters.ConnectionSet)]
    public SwitchParameter Delta { get; set; }

    /// <summary>The time between the two readings: seconds, or a TimeSpan.</summary>
    [Parameter(ParameterSetName = DeltaSet)]
    [Parameter(ParameterSetName = FleetParameters.HostNameSet)]
    [Parameter(ParameterSetName = FleetParameters.ConnectionSet)]
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
    protected override void ProcessRecord()
    {
        if (_fleet.IsGiven)
        {
            _fleet.Run(Delta ? WatchingCounters : "Reading counters", Delta ? Duration : null);
            return;
        }

        var filter = new DropCounterFilter
        {
            Name = Wildcards.AnyOf(Name),
            Class = Wildcards.AnyOf(Class),
            InterfaceName = Wildcards.AnyOf(InterfaceName),
            ImpliesDrop = ImpliesDrop is null ? null : new HashSet<DropImplication>(ImpliesDrop),
            NonZero = NonZero,
        };
        DropCounterSnapshot snapshot = DropCounterSnapshot.Read();
        if (!Delta)
        {
            this.Warn(snapshot);
            WriteObject(snapshot.Counters.Where(filter.Matches), enumerateCollection: true);
            return;
        }

        this.WaitWithProgress(WatchingCounters, Duration, _stop);
        DropCounterSnapshot later = DropCounterSnapshot.Read();
        this.Warn(later);
        WriteObject(DropCounterComparison.Compare(snapshot.Counters, later.Counters).Where(filter.Matches), enumerateCollection: true);
    }

    /// <inheritdoc/>
    protected override void StopProcessing()
    {
        _stop.Set();
        _fleet.Cancel();
    }
}
