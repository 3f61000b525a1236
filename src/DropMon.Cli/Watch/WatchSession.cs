using DropMon.Native;
using DropMon.Sessions;

namespace DropMon.Cli.Watch;

/// <summary>
/// Passes alerts from a watch to a view until the end, a signal, or the end of the reader, and writes warnings to standard error when they
/// occur: a service that runs for months has no end at which they could be read.
/// </summary>
internal sealed class WatchSession(DropWatch watch, IAlertView view)
{
    private readonly HashSet<string> _told = [];
    private long _shown;

    /// <returns>The exit code.</returns>
    public int Run()
    {
        using var signals = new EndingSignals(watch.Cancel, () => Interlocked.Read(ref _shown));
        // A reader such as head may have enough: nothing is wrong, and there is no reader left.
        using var hangup = PipeHangup.Watch(watch.Cancel);
        try
        {
            view.Begin(watch.Monitor.GetStatus());
            TellNews();
            Pump();
            TellEnd();
        }
        catch (DropMonException)
        {
            // What came before the source failed stands, and so does what was lost.
            watch.Monitor.Stop();
            TellEnd();
            throw;
        }
        finally
        {
            watch.Dispose();
        }

        return ExitCode.Success;
    }

    private void Pump()
    {
        while (!watch.IsEnded)
        {
            ReadOnlySpan<DropAlert> alerts = watch.Next(Timeout.InfiniteTimeSpan);
            if (!alerts.IsEmpty)
            {
                view.Show(alerts);
                Interlocked.Increment(ref _shown);
            }

            TellNews();
        }
    }

    private void TellEnd()
    {
        DropMonitorStatus atEnd = watch.Monitor.GetStatus();
        view.End(atEnd);
        TellNews();
        if (atEnd.Ledger.DescribeLoss() is { } loss)
        {
            StandardError.Warn(loss);
        }
    }

    private void TellNews()
    {
        foreach (string warning in watch.Monitor.Warnings.Where(_told.Add))
        {
            StandardError.Warn(warning);
        }
    }
}
