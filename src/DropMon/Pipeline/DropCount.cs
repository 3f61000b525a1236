using System.Management.Automation;
using DropMon.Commands;
using DropMon.Output;
using DropMon.Sessions.Measurement;

namespace DropMon.Pipeline;

/// <summary>Counts drops within the pipeline, without an object for each.</summary>
internal sealed class DropCount(DropCommand command, PipelineRun run, SessionOutput output)
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(250);

    /// <summary>Called when counting has begun.</summary>
    public Action? Counting { get; init; }

    /// <summary>Called when the time is over; counting goes on for a moment.</summary>
    public Action? Counted { get; init; }

    /// <summary>What came up while counting that makes the numbers doubtful, in sentences.</summary>
    public IReadOnlyList<string> News { get; private set; } = [];

    /// <summary>Counts until the time is over, the rate is reached or the pipeline ends.</summary>
    /// <param name="measuring">How to count.</param>
    /// <param name="duration">How long; null for until it ends otherwise.</param>
    /// <param name="activity">What the progress bar says.</param>
    /// <param name="use">Takes the meter, stopped.</param>
    public void Measure(DropMeterOptions measuring, TimeSpan? duration, string activity, Action<DropMeter> use) =>
        run.Run(() => DropMeter.Start(command.CreateOptions(), measuring, command.Sources), meter => meter.RequestStop(), meter =>
        {
            output.Describe(meter.GetStatus());
            Counting?.Invoke();
            WaitFor(meter, duration, activity);
            News = output.WarnOfNews(meter.GetStatus().Warnings);
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
            command.WriteProgress(progress);
            run.WriteLog();
        }

        Counted?.Invoke();
        meter.StopAfterReports();
        progress.RecordType = ProgressRecordType.Completed;
        command.WriteProgress(progress);
    }
}
