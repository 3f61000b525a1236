using System.Management.Automation;
using DropMon.Monitoring.Measurement;

namespace DropMon.Commands;

/// <summary>Counts drops within the pipeline, without an object for each.</summary>
public abstract class MeasuringCommand : StreamingCommand
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(250);

    /// <summary>What came up while counting that makes the numbers doubtful, in sentences.</summary>
    private protected IReadOnlyList<string> News { get; private set; } = [];

    /// <summary>Counts until the time is over, the rate is reached or the pipeline ends.</summary>
    /// <param name="measuring">How to count.</param>
    /// <param name="duration">How long; null for until it ends otherwise.</param>
    /// <param name="activity">What the progress bar says.</param>
    /// <param name="use">Takes the meter, stopped.</param>
    /// <param name="begin">Is called when counting has begun; null for nothing to do.</param>
    private protected void Measure(DropMeterOptions measuring, TimeSpan? duration, string activity, Action<DropMeter> use, Action? begin = null) =>
        Run(() => DropMeter.Start(CreateOptions(), measuring), meter => meter.RequestStop(), meter =>
        {
            DropMonitorStatus atStart = meter.GetStatus();
            Describe(atStart);
            begin?.Invoke();
            WaitFor(meter, duration, activity);
            News = WarnOfNews(atStart, meter.GetStatus());
            use(meter);
            meter.ThrowIfFailed();
        });

    private void WaitFor(DropMeter meter, TimeSpan? duration, string activity)
    {
        var progress = new ProgressRecord(0, activity, "0 packets");
        while (true)
        {
            TimeSpan left = duration is { } time ? time - meter.Elapsed : TimeSpan.MaxValue;
            if (left <= TimeSpan.Zero || meter.WaitForEnd(left < LookInterval ? left : LookInterval))
            {
                break;
            }

            progress.StatusDescription = $"{meter.Total} packets";
            progress.PercentComplete = duration is { } whole ? (int)Math.Clamp(meter.Elapsed / whole * 100, 0, 100) : -1;
            WriteProgress(progress);
        }

        meter.StopAfterReports();
        progress.RecordType = ProgressRecordType.Completed;
        WriteProgress(progress);
    }
}
