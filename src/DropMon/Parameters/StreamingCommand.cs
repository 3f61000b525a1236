using DropMon.Fleet;
using DropMon.Output;
using DropMon.Sessions;

namespace DropMon.Commands;

/// <summary>
/// Runs a watch within the pipeline: alerts go out one by one as they come, and whatever ends the pipeline stops the source.
/// </summary>
public abstract class StreamingCommand : MonitoringCommand, IDisposable
{
    private readonly object _gate = new();
    private IDisposable? _running;
    private Action? _cancel;
    private readonly CancellationTokenSource _stop = new();
    private bool _isStopping;

    /// <summary>For the cmdlets that can watch elsewhere.</summary>
    private protected StreamingCommand() => Fleet = new FleetInvocation(this);

    /// <summary>Cancelled by Ctrl+C.</summary>
    private protected CancellationToken Stop => _stop.Token;

    /// <summary>The computers to watch on instead of this one.</summary>
    private protected FleetInvocation Fleet { get; }

    /// <summary>Stops the source when an error or Select-Object -First ended the pipeline.</summary>
    public void Dispose()
    {
        _running?.Dispose();
        Fleet.Dispose();
        _stop.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Ctrl+C: the watch ends, and with it the wait of the pipeline's thread.</summary>
    protected override void StopProcessing()
    {
        lock (_gate)
        {
            _isStopping = true;
            _cancel?.Invoke();
        }

        _stop.Cancel();

        Fleet.Cancel();
    }

    /// <summary>Watches until the time, the number or the pipeline ends.</summary>
    /// <param name="duration">How long; null for until stopped.</param>
    /// <param name="count">How many alerts; null for all.</param>
    /// <param name="showProgress">Called a few times a second with the share that has passed, 0 to 1; null for none.</param>
    /// <returns>What became of the alerts.</returns>
    private protected DropLedger Stream(TimeSpan? duration, long? count, Action<double>? showProgress = null)
    {
        var ledger = new DropLedger();
        Run(() => DropWatch.Start(CreateOptions(), duration, count, Sources), watch => watch.Cancel(), watch =>
        {
            Describe(watch.Monitor.GetStatus());
            DropMonException? failure = Pump(watch, showProgress);
            ledger = watch.Monitor.GetLedger();
            Report(ledger);
            if (failure is not null)
            {
                Fail(failure);
            }
        });
        return ledger;
    }

    /// <summary>Runs something that holds a source: whatever ends the pipeline ends it, and its errors go to <see cref="Fail"/>.</summary>
    /// <param name="start">Acquires it.</param>
    /// <param name="cancel">Asks it to end; from another thread.</param>
    /// <param name="use">Uses it until its end.</param>
    private protected void Run<T>(Func<T> start, Action<T> cancel, Action<T> use)
        where T : class, IDisposable
    {
        try
        {
            using T running = start();
            lock (_gate)
            {
                _running = running;
                _cancel = () => cancel(running);
                if (_isStopping)
                {
                    _cancel();
                }
            }

            use(running);
        }
        catch (DropMonException error)
        {
            Fail(error);
        }
        finally
        {
            lock (_gate)
            {
                _running = null;
                _cancel = null;
            }
        }
    }

    /// <summary>Ends the cmdlet with an error.</summary>
    private protected virtual void Fail(DropMonException error) => ThrowTerminatingError(error.ToErrorRecord(Source));

    /// <summary>Tells of losses: as a warning when there were any, in full with -Verbose.</summary>
    private protected virtual void Report(DropLedger ledger)
    {
        WriteVerbose($"Ledger: {ledger}.");
        if (ledger.DescribeLoss() is { } loss)
        {
            WriteWarning(CmdletText.Of(loss));
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

    /// <returns>What ended the source midway; null where nothing did. What came before it has been handed on.</returns>
    private DropMonException? Pump(DropWatch watch, Action<double>? showProgress)
    {
        TimeSpan patience = showProgress is null ? Timeout.InfiniteTimeSpan : TimeSpan.FromMilliseconds(250);
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
                WarnOfNews(watch.Monitor.Warnings);
                return failure;
            }

            Emit(alerts);
            WarnOfNews(watch.Monitor.Warnings);
            showProgress?.Invoke(watch.Progress);
        }

        return null;
    }
}
