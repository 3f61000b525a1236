using System.Management.Automation;
using DropMon.Fleet;
using DropMon.Output;
using DropMon.Pipeline;
using DropMon.Sessions.Measurement;

namespace DropMon.Commands;

/// <summary>
/// Watches drops until Ctrl+C, the time or the number ends it: sends each down the pipeline as it happens; or, with -Top, shows where most
/// are, in place.
/// </summary>
[Cmdlet(VerbsCommon.Watch, "NetDrop", DefaultParameterSetName = LocalSet)]
[OutputType(typeof(DropAlert), ParameterSetName = [LocalSet, FleetParameters.HostNameSet, FleetParameters.ConnectionSet])]
public sealed class WatchNetDropCommand : DropCommand, IDynamicParameters
{
    private const string LocalSet = "Local";
    private const string TopSet = "Top";

    private readonly SessionOutput _output;
    private readonly PipelineRun _run;
    private readonly AlertStream _stream;
    private readonly FleetInvocation _fleet;

    /// <summary>For PowerShell.</summary>
    public WatchNetDropCommand()
    {
        _output = new SessionOutput(this);
        _run = Own(new PipelineRun(this, Fail));
        _stream = new AlertStream(this, _run, new ObjectSink(this, _output));
        _fleet = Own(new FleetInvocation(this));
    }

    /// <summary>How long: seconds, or a TimeSpan; until Ctrl+C if not given.</summary>
    [Parameter]
    [Seconds]
    public TimeSpan? Duration { get; set; }

    /// <summary>The maximum number of alerts.</summary>
    [Parameter(ParameterSetName = LocalSet)]
    [Parameter(ParameterSetName = FleetParameters.HostNameSet)]
    [Parameter(ParameterSetName = FleetParameters.ConnectionSet)]
    [ValidateRange(1, long.MaxValue)]
    public long? Count { get; set; }

    /// <summary>Shows a table of where most packets are dropped, drawn over in place; it sends nothing down the pipeline.</summary>
    [Parameter(Mandatory = true, ParameterSetName = TopSet)]
    public SwitchParameter Top { get; set; }

    /// <summary>What the table groups by.</summary>
    [Parameter(ParameterSetName = TopSet)]
    [AllowEmptyCollection]
    public DropGroupKey[] By { get; set; } = [.. DropMeter.DefaultKeys];

    /// <summary>The interval at which the table is redrawn: seconds, or a TimeSpan.</summary>
    [Parameter(ParameterSetName = TopSet)]
    [Seconds(MoreThanZero = true)]
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    public object GetDynamicParameters() => _fleet.Parameters;

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (_fleet.IsGiven)
        {
            _fleet.Watch(Duration, Count, FleetPump.LiveReorderTime);
        }
        else if (Top)
        {
            ShowTop();
        }
        else
        {
            _stream.Watch(Duration, Count);
        }
    }

    private void ShowTop() =>
        _run.Run(() => DropMeter.Start(CreateOptions(), new DropMeterOptions { By = By }, Sources), meter => meter.RequestStop(), meter =>
        {
            _output.Describe(meter.GetStatus());
            using (var view = new HostTopView(Host, SessionState))
            {
                view.Show(meter, Interval, Duration);
            }

            _output.WarnOfNews(meter.GetStatus().Warnings);
            _output.Report(meter.GetLedger());
            meter.ThrowIfFailed();
        });
}
