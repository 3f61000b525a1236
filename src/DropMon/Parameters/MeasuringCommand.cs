using System.Management.Automation;
using DropMon.Sessions.Measurement;

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
    private protected void Measure(DropMeterOptions measuring, TimeSpan? duration, string activity, Action<DropMeter> use) =>
        Run(() => DropMeter.Start(CreateOptions(), measuring, Sources), meter => meter.RequestStop(), meter =>
        {
            Describe(meter.GetStatus());
            OnCounting();
            WaitFor(meter, duration, activity);
            News = WarnOfNews(meter.GetStatus().Warnings);
            use(meter);
            meter.ThrowIfFailed();
        });

    /// <summary>Counting has begun.</summary>
    private protected virtual void OnCounting()
    {
    }

    /// <summary>The time is over; counting goes on for a moment.</summary>
    private protected virtual void OnCounted()
    {
    }

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

        OnCounted();
        meter.StopAfterReports();
        progress.RecordType = ProgressRecordType.Completed;
        WriteProgress(progress);
    }
}
