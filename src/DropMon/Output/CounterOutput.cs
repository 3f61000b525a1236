using System.Management.Automation;

namespace DropMon.Output;

/// <summary>What the cmdlets about counters share.</summary>
internal static class CounterOutput
{
    private static readonly TimeSpan ProgressStep = TimeSpan.FromMilliseconds(250);

    /// <summary>Warns of each source that could not be read.</summary>
    public static void Warn(this Cmdlet cmdlet, DropCounterSnapshot snapshot)
    {
        foreach (DropCounterWarning warning in snapshot.Warnings)
        {
            cmdlet.WriteWarning(CmdletText.Of(warning.ToString()));
        }

        cmdlet.WriteVerbose($"{snapshot.Counters.Count} counters were read at {snapshot.Timestamp:O}.");
    }

    /// <summary>Waits, and shows that it does, until the time is over or the pipeline is stopped.</summary>
    public static void WaitWithProgress(this Cmdlet cmdlet, string activity, TimeSpan duration, ManualResetEventSlim stop)
    {
        var progress = new ProgressRecord(0, activity, $"{duration.TotalSeconds:0.#} seconds");
        long start = Environment.TickCount64;
        TimeSpan passed = TimeSpan.Zero;
        while (passed < duration)
        {
            progress.PercentComplete = (int)(passed / duration * 100);
            cmdlet.WriteProgress(progress);
            TimeSpan left = duration - passed;
            if (stop.Wait(left < ProgressStep ? left : ProgressStep))
            {
                throw new PipelineStoppedException();
            }

            passed = TimeSpan.FromMilliseconds(Environment.TickCount64 - start);
        }

        progress.RecordType = ProgressRecordType.Completed;
        cmdlet.WriteProgress(progress);
    }
}
