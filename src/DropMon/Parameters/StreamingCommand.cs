using System.Management.Automation;
using DropMon.Monitoring;

namespace DropMon.Commands;

/// <summary>Runs a watch within the pipeline: alerts go out one by one as they come, and whatever ends the pipeline stops the source.</summary>
public abstract class StreamingCommand : MonitoringCommand, IDisposable
{
    private readonly object _gate = new();
    private DropWatch? _watch;
    private bool _isStopping;

    /// <summary>For the cmdlets that can watch elsewhere.</summary>
    private protected StreamingCommand() => Fleet = new Fleet(this);

    /// <summary>The computers to watch on instead of this one.</summary>
    private protected Fleet Fleet { get; }

    /// <summary>Stops the source when an error or Select-Object -First ended the pipeline.</summary>
    public void Dispose()
    {
        _watch?.Dispose();
        Fleet.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Ctrl+C: the watch ends, and with it the wait of the pipeline's thread.</summary>
    protected override void StopProcessing()
    {
        lock (_gate)
        {
            _isStopping = true;
            _watch?.Cancel();
        }

        Fleet.Cancel();
    }

    /// <summary>Watches until the time, the number or the pipeline ends.</summary>
    /// <param name="duration">How long; null for until stopped.</param>
    /// <param name="count">How many alerts; null for all.</param>
    /// <param name="showProgress">Called a few times a second with the share that has passed, 0 to 1; null for none.</param>
    private protected void Stream(TimeSpan? duration, long? count, Action<double>? showProgress = null)
    {
        try
        {
            using DropWatch watch = Start(duration, count);
            DropMonitorStatus atStart = watch.Monitor.GetStatus();
            Describe(atStart);
            Pump(watch, showProgress);
            foreach (string warning in watch.Monitor.GetStatus().Warnings.Except(atStart.Warnings))
            {
                WriteWarning(warning);
            }

            Report(watch.Monitor.GetLedger());
        }
        catch (DropMonException error)
        {
            ThrowTerminatingError(error.ToErrorRecord(Source));
        }
        finally
        {
            _watch = null;
        }
    }

    /// <summary>Tells of losses: as a warning when there were any, in full with -Verbose.</summary>
    private protected virtual void Report(DropLedger ledger)
    {
        WriteVerbose($"Ledger: {ledger}.");
        if (ledger.DescribeLoss() is { } loss)
        {
            WriteWarning(loss);
        }
    }

    /// <summary>Hands alerts to the pipeline.</summary>
    private protected virtual void Emit(ReadOnlySpan<DropAlert> alerts)
    {
        foreach (DropAlert alert in alerts)
        {
            WriteObject(alert);
        }
    }

    private DropWatch Start(TimeSpan? duration, long? count)
    {
        DropWatch watch = DropWatch.Start(CreateOptions(), duration, count);
        lock (_gate)
        {
            _watch = watch;
            if (_isStopping)
            {
                watch.Cancel();
            }
        }

        return watch;
    }

    private void Pump(DropWatch watch, Action<double>? showProgress)
    {
        TimeSpan patience = showProgress is null ? Timeout.InfiniteTimeSpan : TimeSpan.FromMilliseconds(250);
        while (!watch.IsEnded)
        {
            Emit(watch.Next(patience));
            showProgress?.Invoke(watch.Progress);
        }
    }
}
