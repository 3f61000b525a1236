using System.Runtime.ExceptionServices;
using DropMon.Commands;
using DropMon.Sessions;

namespace DropMon.Pipeline;

/// <summary>Watches within the pipeline: alerts go out one by one as they come.</summary>
internal sealed class AlertStream(DropCommand command, PipelineRun run, IAlertSink sink)
{
    private static readonly TimeSpan ProgressInterval = TimeSpan.FromMilliseconds(250);

    /// <summary>Watches until the time, the number or the pipeline ends.</summary>
    /// <param name="duration">How long; null for until stopped.</param>
    /// <param name="count">How many alerts; null for all.</param>
    /// <param name="showProgress">Called a few times a second with the share that has passed, 0 to 1; null for none.</param>
    /// <returns>What became of the alerts.</returns>
    public DropLedger Watch(TimeSpan? duration, long? count, Action<double>? showProgress = null)
    {
        var ledger = new DropLedger();
        run.Run(() => DropWatch.Start(command.CreateOptions(), duration, count, command.Sources), watch => watch.Cancel(), watch =>
        {
            sink.Begin(watch.Monitor.GetStatus());
            DropMonException? failure = Pump(watch, showProgress);
            ledger = watch.Monitor.GetLedger();
            sink.End(ledger);
            if (failure is not null)
            {
                ExceptionDispatchInfo.Throw(failure);
            }
        });
        return ledger;
    }

    /// <returns>What ended the source midway; null where nothing did. What came before it has been handed on.</returns>
    private DropMonException? Pump(DropWatch watch, Action<double>? showProgress)
    {
        TimeSpan patience = showProgress is null ? Timeout.InfiniteTimeSpan : ProgressInterval;
        while (!watch.IsEnded)
        {
            ReadOnlySpan<DropAlert> alerts;
            try
            {
                alerts = watch.Next(patience);
            }
            catch (DropMonException failure)
            {
                watch.Monitor.Stop();
                sink.Warn(watch.Monitor.Warnings);
                return failure;
            }

            sink.Write(alerts);
            run.WriteLog();
            sink.Warn(watch.Monitor.Warnings);
            showProgress?.Invoke(watch.Progress);
        }

        return null;
    }
}
