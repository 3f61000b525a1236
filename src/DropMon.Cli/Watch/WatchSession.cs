using DropMon.Monitoring;
using DropMon.Native;

namespace DropMon.Cli.Watch;

/// <summary>Hands alerts from a watch to a view until the end, a signal, or the reader's going.</summary>
internal sealed class WatchSession(DropWatch watch, IAlertView view)
{
    /// <returns>The exit code.</returns>
    public int Run()
    {
        using var signals = new EndingSignals(watch.Cancel);
        // head and its like may have seen enough: nothing is wrong, and nobody is left to tell.
        using var hangup = PipeHangup.Watch(watch.Cancel);
        try
        {
            view.Begin(watch.Monitor.GetStatus());
            while (!watch.IsEnded)
            {
                ReadOnlySpan<DropAlert> alerts = watch.Next(Timeout.InfiniteTimeSpan);
                if (!alerts.IsEmpty)
                {
                    view.Show(alerts);
                }
            }

            view.End(watch.Monitor.GetStatus());
        }
        finally
        {
            watch.Dispose();
        }

        return ExitCode.Success;
    }
}
