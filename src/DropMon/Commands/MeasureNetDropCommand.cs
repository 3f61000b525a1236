using System.Management.Automation;
using DropMon.Filters;
using DropMon.Fleet;
using DropMon.Input;
using DropMon.Monitoring;
using DropMon.Output;
using DropMon.Pipeline;
using DropMon.Reasons;
using DropMon.Reconciliation;
using DropMon.Sessions;
using DropMon.Sessions.Measurement;

namespace DropMon.Commands;

/// <summary>
/// Counts drops in groups: those of the next seconds, without an object for each; or those that the running monitor has
/// kept; or those from the pipeline.
/// </summary>
[Cmdlet(VerbsDiagnostic.Measure, "NetDrop", DefaultParameterSetName = LiveSet)]
[OutputType(typeof(DropMeasurement), ParameterSetName = [LiveSet, InputSet])]
[OutputType(typeof(CounterReconciliation), ParameterSetName = [LiveSet])]
public sealed class MeasureNetDropCommand : DropCommand, IDynamicParameters
{
    private const string LiveSet = "Live";
    private const string InputSet = "InputObject";
    private const string CountingDrops = "Counting drops";
    private const string CountingAndReading = "Counting drops and reading counters";
    private static readonly TimeSpan DefaultDuration = TimeSpan.FromSeconds(5);

    private readonly SessionOutput _output;
    private readonly PipelineRun _run;
    private readonly DropCount _count;
    private readonly FleetInvocation _fleet;
    private readonly AlertInput _alerts = new();
    private AlertMeasurer? _measurer;
    private DropCounterSnapshot? _before, _after;
    private DropFilter _filter = DropFilter.None;

    /// <summary>For PowerShell.</summary>
    public MeasureNetDropCommand()
    {
        _output = new SessionOutput(this);
        _run = Own(new PipelineRun(this, Fail));
        // The counters are read within the time of counting, so that no increase lacks its drop: a drop may lack its increase.
        _count = new DropCount(this, _run, _output)
        {
            Counting = () => _before = Reconcile ? DropCounterSnapshot.Read() : null,
            Counted = () => _after = Reconcile ? DropCounterSnapshot.Read() : null,
        };
        _fleet = Own(new FleetInvocation(this));
    }

    /// <summary>What to group by; an empty list makes one group of all.</summary>
    [Parameter(Position = 0)]
    [AllowEmptyCollection]
    public DropGroupKey[] By { get; set; } = [.. DropMeter.DefaultKeys];

    /// <summary>
    /// How long to count: seconds, or a TimeSpan. With it, new drops are counted even if a monitor is running. With alerts from the
    /// pipeline, the time in which they were collected; without it, that from the first of them to the last.
    /// </summary>
    [Parameter]
    [Seconds]
    public TimeSpan? Duration { get; set; }

    /// <summary>The number of groups to return, the largest first.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? Top { get; set; }

    /// <summary>Sets the counters' increase beside the drops seen meanwhile, and says what explains it and what does not.</summary>
    [Parameter(ParameterSetName = LiveSet)]
    [Parameter(ParameterSetName = FleetParameters.HostNameSet)]
    [Parameter(ParameterSetName = FleetParameters.ConnectionSet)]
    public SwitchParameter Reconcile { get; set; }

    /// <summary>Alerts, live or as another session wrote them.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = InputSet)]
    [AllowNull]
    [AllowEmptyCollection]
    public PSObject?[]? InputObject { get; set; }

    /// <inheritdoc/>
    public object GetDynamicParameters() => _fleet.Parameters;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        if (MyInvocation.ExpectingInput || ParameterSetName == InputSet)
        {
            RefuseSourceOptions("the alerts come from the pipeline");
            _measurer = new AlertMeasurer(By);
            _filter = CreateFilter();
        }
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (PSObject? input in _measurer is null ? [] : InputObject ?? [])
        {
            if (_alerts.Read(this, input) is { } alert && _filter.Matches(alert))
            {
                _measurer!.Add(alert);
            }
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (_fleet.IsGiven)
        {
            _fleet.Run(Reconcile ? CountingAndReading : CountingDrops, Duration ?? DefaultDuration);
        }
        else if (_measurer is not null)
        {
            Emit(_measurer.Read(Duration));
        }
        else if (Reconcile)
        {
            ReconcileCounters();
        }
        else if (Duration is null && SessionMonitor.Of(this)?.Monitor is { } monitor)
        {
            MeasureKept(monitor);
        }
        else
        {
            _count.Measure(new DropMeterOptions { By = By }, Duration ?? DefaultDuration, CountingDrops, meter =>
            {
                Emit(meter.Read());
                _output.Report(meter.GetLedger());
            });
        }
    }

    private void MeasureKept(DropMonitor monitor)
    {
        DropFilter filter = this.FilterFor(monitor);
        var measurer = new AlertMeasurer(By);
        IReadOnlyList<DropAlert> kept = monitor.Snapshot();
        DropMonitorStatus status = monitor.GetStatus();
        foreach (DropAlert alert in kept)
        {
            if (filter.Matches(alert))
            {
                measurer.Add(alert);
            }
        }

        // What was overwritten took its time with it.
        DateTimeOffset start = status.Ledger.Overwritten > 0 && kept.Count > 0 ? kept[0].Timestamp : status.Since;
        Emit(measurer.Read(DateTimeOffset.Now - start, status.Ledger));
        _output.Report(status.Ledger);
    }

    private void ReconcileCounters()
    {
        if (!CreateFilter().IsEmpty)
        {
            ThrowTerminatingError(
                new OptionException(
                    "Counters count every drop, so they cannot be reconciled with only some of them.",
                    "Leave out the filter, or -Reconcile.").ToErrorRecord(null));
        }

        _count.Measure(new DropMeterOptions { By = By }, Duration ?? DefaultDuration, CountingAndReading, meter =>
        {
            DropLedger ledger = meter.GetLedger();
            IReadOnlyList<CounterReconciliation> results = new Reconciler(DropKnowledge.Embedded)
                .Reconcile(_before!, _after!, meter.CountBySite().Select(site => (site.Key, site.Value)), ledger);
            WriteObject(Top is { } top ? results.Take(top) : results, enumerateCollection: true);
            _output.Report(ledger);
        });
    }

    private void Emit(IReadOnlyList<DropMeasurement> groups)
    {
        foreach (DropMeasurement group in Top is { } top ? groups.Take(top) : groups)
        {
            WriteObject(CmdletText.Of(group));
        }
    }
}
