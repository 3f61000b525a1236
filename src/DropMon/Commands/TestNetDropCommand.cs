using System.Management.Automation;
using DropMon.Fleet;
using DropMon.Output;
using DropMon.Parameters;
using DropMon.Pipeline;
using DropMon.Sessions.Measurement;
using DropMon.Text;

namespace DropMon.Commands;

/// <summary>
/// Checks that no place drops more than it may: returns those that do, or one result that says that none does; with -Quiet, whether
/// all is well. Drops that work as designed pass unless -Significance asks for them. A check that did not see every drop fails.
/// </summary>
[Cmdlet(VerbsDiagnostic.Test, "NetDrop", DefaultParameterSetName = "Local")]
[OutputType(typeof(DropHealth), typeof(bool))]
public sealed class TestNetDropCommand : DropCommand, IDynamicParameters
{
    private const string LookingForDrops = "Looking for drops";
    private static readonly TimeSpan DefaultDuration = TimeSpan.FromSeconds(10);
    private static readonly DropSignificance[] Worrying = [DropSignificance.Loss, DropSignificance.Suspicious, DropSignificance.Unknown];

    private readonly SessionOutput _output;
    private readonly PipelineRun _run;
    private readonly DropCount _count;
    private readonly FleetInvocation _fleet;

    /// <summary>For PowerShell.</summary>
    public TestNetDropCommand()
    {
        _output = new SessionOutput(this);
        _run = Own(new PipelineRun(this, FailOrAnswer));
        _count = new DropCount(this, _run, _output);
        _fleet = Own(new FleetInvocation(this));
    }

    /// <summary>How long to look: seconds, or a TimeSpan.</summary>
    [Parameter]
    [Seconds(MoreThanZero = true)]
    public TimeSpan Duration { get; set; } = DefaultDuration;

    /// <summary>Packets a second, on average, that each place may drop for each reason.</summary>
    [Parameter]
    [ValidateRange(0.0, double.MaxValue)]
    public double? MaxPerSecond { get; set; }

    /// <summary>Packets that each place may drop for each reason; none, where neither limit is given.</summary>
    [Parameter]
    [ValidateRange(0, long.MaxValue)]
    public long? MaxCount { get; set; }

    /// <summary>Reasons, functions or locations that do not count.</summary>
    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ExclusionCompleter))]
    [NamePattern]
    public string[] Exclude { get; set; } = [];

    /// <summary>Returns only whether all is well.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <inheritdoc/>
    public object GetDynamicParameters() => _fleet.Parameters;

    /// <inheritdoc/>
    protected override void BeginProcessing() =>
        // Drops by design are healthy, unless the user asks for them.
        Significance ??= Worrying;

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (!_fleet.IsGiven)
        {
            _count.Measure(new DropMeterOptions { By = DropHealthCheck.Keys }, Duration, LookingForDrops, Judge);
        }
        else if (Quiet)
        {
            _fleet.Run(LookingForDrops, Duration, (run, progress) => WriteObject(AreAllWell(run, progress)));
        }
        else
        {
            _fleet.Run(LookingForDrops, Duration);
        }
    }

    private void FailOrAnswer(DropMonException error)
    {
        if (!Quiet)
        {
            Fail(error);
        }

        // The verdict and the error: a script's "if" needs both.
        WriteObject(false);
        WriteError(error.ToErrorRecord(Source));
    }

    private void Judge(DropMeter meter)
    {
        DropLedger ledger = meter.GetLedger();
        try
        {
            meter.ThrowIfFailed();
        }
        catch (DropMonException)
        {
            _output.Report(ledger);
            throw;
        }

        _output.DescribeLedger(ledger);
        var check = new DropHealthCheck { MaxPerSecond = MaxPerSecond, MaxCount = MaxCount ?? (MaxPerSecond is null ? 0 : null) };
        NamePatternSet excluded = NamePatternSet.Parse(Exclude);
        IReadOnlyList<DropHealth> verdicts = check.Judge(
            [.. meter.Read().Where(place => !IsExcluded(place, excluded))], meter.Elapsed, ledger);
        bool isWell = verdicts[0].Status == DropHealthStatus.Passed;
        string? loss = ledger.DescribeLoss() ?? (_count.News.Count > 0 ? _count.News[0] : null);
        if (!Quiet && (loss is null || !isWell))
        {
            WriteObject(verdicts.Select(CmdletText.Of), enumerateCollection: true);
        }

        if (loss is not null)
        {
            throw new InconclusiveException(loss);
        }

        if (Quiet)
        {
            WriteObject(isWell);
        }
    }

    // One answer for all: a list of them would be true in every "if".
    private bool AreAllWell(FleetRun run, FleetProgress? progress)
    {
        var verdict = new FleetVerdict(run.HostCount);
        while (!run.IsEnded)
        {
            if (run.TryTake(Timeout.InfiniteTimeSpan, progress, out HostMessage? message))
            {
                this.Report(message);
                if (verdict.Observe(message) is { } fault)
                {
                    WriteError(fault.ToErrorRecord(fault.HostName));
                }
            }
        }

        return verdict.IsWell;
    }

    private static bool IsExcluded(DropMeasurement place, NamePatternSet excluded) =>
        excluded.Matches(place.Reason) || excluded.Matches(place.Function) || excluded.Matches(place.Location);
}
