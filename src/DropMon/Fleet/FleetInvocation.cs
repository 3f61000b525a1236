using System.Management.Automation;
using DropMon.Commands;
using DropMon.Output;
using DropMon.Pipeline;

namespace DropMon.Fleet;

/// <summary>
/// The computers that a cmdlet runs on instead of this one, and what becomes of them when its pipeline ends. A cmdlet that has one offers
/// <see cref="Parameters"/>.
/// </summary>
internal sealed class FleetInvocation(PSCmdlet cmdlet) : IPipelineWork
{
    private readonly object _gate = new();
    private FleetRun? _run;
    private bool _isCancelled;

    /// <summary>The parameters, for the binder.</summary>
    public FleetParameters Parameters { get; } = new();

    /// <summary>Whether the cmdlet is to run elsewhere.</summary>
    public bool IsGiven => Parameters.IsGiven;

    /// <summary>Runs the cmdlet on the computers, with the parameters that it was given, and writes what it puts out there.</summary>
    /// <param name="activity">What they do, for the progress bar.</param>
    /// <param name="duration">How long each works; null for as long as it takes.</param>
    public void Run(string activity, TimeSpan? duration) => Run(activity, duration, cmdlet.WriteObjects);

    /// <summary>Runs the cmdlet on the computers, with the parameters that it was given.</summary>
    /// <param name="activity">What they do, for the progress bar.</param>
    /// <param name="duration">How long each works; null for as long as it takes.</param>
    /// <param name="pump">Takes what the computers say, to its end.</param>
    public void Run(string activity, TimeSpan? duration, Action<FleetRun, FleetProgress?> pump) =>
        Run(FleetCall.Of(cmdlet.MyInvocation, duration ?? TimeSpan.Zero), isEndless: false, run =>
        {
            var progress = new FleetProgress(cmdlet, run.HostCount, activity, duration);
            pump(run, progress);
            progress.Complete();
        });

    /// <summary>Watches on the computers and writes the alerts, merged by time.</summary>
    /// <param name="duration">How long on each; null for until stopped.</param>
    /// <param name="count">How many alerts in all; null for all.</param>
    /// <param name="reorderTime">How long an alert is held back for the sake of earlier ones from other computers.</param>
    /// <param name="activity">What they do, for the progress bar; null for none.</param>
    public void Watch(TimeSpan? duration, long? count, TimeSpan reorderTime, string? activity = null)
    {
        Run(FleetCall.OfRelay(cmdlet.MyInvocation, duration), isEndless: duration is null && count is null, run =>
        {
            FleetProgress? progress = activity is null ? null : new FleetProgress(cmdlet, run.HostCount, activity, duration);
            cmdlet.WriteAlerts(run, count, reorderTime, progress);
            progress?.Complete();
        });
    }

    /// <inheritdoc/>
    public void Cancel()
    {
        lock (_gate)
        {
            _isCancelled = true;
            _run?.Cancel();
        }
    }

    /// <summary>Stops what still runs.</summary>
    public void Dispose() => _run?.Dispose();

    private void Run(FleetCall call, bool isEndless, Action<FleetRun> pump)
    {
        try
        {
            using FleetRun run = FleetRun.Start(Parameters.Hosts(cmdlet.GetUnresolvedProviderPathFromPSPath), Parameters, call, isEndless);
            lock (_gate)
            {
                _run = run;
                if (_isCancelled)
                {
                    run.Cancel();
                }
            }

            pump(run);
        }
        catch (FleetOptionException error)
        {
            cmdlet.ThrowTerminatingError(error.ToErrorRecord(null));
        }
    }
}
