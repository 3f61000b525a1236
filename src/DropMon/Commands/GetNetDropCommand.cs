using System.Management.Automation;
using DropMon.Filters;
using DropMon.Fleet;
using DropMon.Input;
using DropMon.Monitoring;
using DropMon.Output;
using DropMon.Pipeline;
using DropMon.Sessions;

namespace DropMon.Commands;

/// <summary>
/// Gets drops: those that the running monitor has kept, at once; or, with none running, those of the next seconds as
/// they come; or those of a file.
/// </summary>
[Cmdlet(VerbsCommon.Get, "NetDrop", DefaultParameterSetName = LiveSet)]
[OutputType(typeof(DropAlert))]
public sealed class GetNetDropCommand : DropCommand, IDynamicParameters
{
    private const string LiveSet = "Live";
    private const string CollectingDrops = "Collecting drops";
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";
    private static readonly TimeSpan DefaultDuration = TimeSpan.FromSeconds(5);

    private readonly SessionOutput _output;
    private readonly PipelineRun _run;
    private readonly AlertStream _stream;
    private readonly FleetInvocation _fleet;
    private long _replayed;

    /// <summary>For PowerShell.</summary>
    public GetNetDropCommand()
    {
        _output = new SessionOutput(this);
        _run = Own(new PipelineRun(this, Fail));
        _stream = new AlertStream(this, _run, new ObjectSink(this, _output));
        _fleet = Own(new FleetInvocation(this));
    }

    /// <summary>How long to collect: seconds, or a TimeSpan. With it, new drops are collected even if a monitor is running.</summary>
    [Parameter(ParameterSetName = LiveSet)]
    [Parameter(ParameterSetName = FleetParameters.HostNameSet)]
    [Parameter(ParameterSetName = FleetParameters.ConnectionSet)]
    [Seconds]
    public TimeSpan? Duration { get; set; }

    /// <summary>The maximum number of alerts; the first ones are returned.</summary>
    [Parameter]
    [ValidateRange(1, long.MaxValue)]
    public long? Count { get; set; }

    /// <summary>The number of newest alerts to return of those that the running monitor has kept.</summary>
    [Parameter(ParameterSetName = LiveSet)]
    [ValidateRange(1, int.MaxValue)]
    public int? Last { get; set; }

    /// <summary>Only alerts from then on, of those that the running monitor has kept.</summary>
    [Parameter(ParameterSetName = LiveSet)]
    public DateTimeOffset? Since { get; set; }

    /// <summary>Files of alerts; wildcards are allowed.</summary>
    [Parameter(Mandatory = true, ParameterSetName = PathSet, ValueFromPipeline = true)]
    [SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <summary>Files of alerts, their names taken as they stand.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LiteralPathSet, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "LP")]
    public string[] LiteralPath { get; set; } = [];

    // Of all files, however many the pipeline brings.
    private bool IsEnough => _replayed >= Count;

    /// <inheritdoc/>
    public object GetDynamicParameters() => _fleet.Parameters;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        if (ParameterSetName is PathSet or LiteralPathSet)
        {
            RefuseSourceOptions("the alerts come from files");
        }
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (_fleet.IsGiven)
        {
            _fleet.Watch(Duration ?? DefaultDuration, Count, FleetPump.CollectedReorderTime, CollectingDrops);
        }
        else if (ParameterSetName != LiveSet)
        {
            Replay();
        }
        else if (Duration is not null && (Last is not null || Since is not null))
        {
            Fail(
                new OptionException(
                    "-Last and -Since read what a running monitor has kept; -Duration collects new drops.",
                    "Leave out -Duration, or -Last and -Since."));
        }
        else if (Duration is null && SessionMonitor.Of(this)?.Monitor is { } monitor)
        {
            CopyFrom(monitor);
        }
        else if (Last is not null || Since is not null)
        {
            ThrowTerminatingError(
                new MonitorNotRunningException(
                    "-Last and -Since read what a running monitor has kept, and no monitor is running in this " +
                    "session.").ToErrorRecord(null));
        }
        else
        {
            Collect(Duration ?? DefaultDuration);
        }
    }

    private void Collect(TimeSpan duration)
    {
        var progress = new ProgressRecord(0, CollectingDrops, $"{duration.TotalSeconds:0.#} seconds");
        _stream.Watch(duration, Count, share =>
        {
            progress.PercentComplete = (int)(share * 100);
            WriteProgress(progress);
        });
        progress.RecordType = ProgressRecordType.Completed;
        WriteProgress(progress);
    }

    private void CopyFrom(DropMonitor monitor)
    {
        DropFilter filter = this.FilterFor(monitor);
        IReadOnlyList<DropAlert> kept = monitor.Snapshot();
        DropAlert[] wanted = [.. kept.Where(alert => (Since is null || alert.Timestamp >= Since) && filter.Matches(alert))];
        IEnumerable<DropAlert> chosen = Last is { } last ? wanted.TakeLast(last) : wanted;
        foreach (DropAlert alert in Count is { } count ? chosen.Take((int)Math.Min(count, int.MaxValue)) : chosen)
        {
            WriteObject(alert);
        }

        _output.Report(monitor.GetLedger());
    }

    private void Replay()
    {
        DropFilter filter = CreateFilter();
        IEnumerable<string> paths = IsEnough ? [] : this.ResolveInputPaths(Path.Concat(LiteralPath), ParameterSetName == LiteralPathSet);
        foreach (DropAlert alert in this.ReadAlerts(paths, _run.Stop))
        {
            if (!filter.Matches(alert))
            {
                continue;
            }

            WriteObject(alert);
            _replayed++;
            if (IsEnough)
            {
                return;
            }
        }
    }
}
