using System.Runtime.InteropServices;
using DropMon.Monitoring;
using DropMon.Native;

namespace DropMon.Cli.Watch;

/// <summary>Hands alerts from a watch to a view until the end, a signal, or the reader's going.</summary>
internal sealed class WatchSession(DropWatch watch, IAlertView view)
{
    private static readonly PosixSignal[] EndingSignals = [PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP, PosixSignal.SIGQUIT];

    /// <returns>The exit code.</returns>
    public int Run()
    {
        PosixSignalRegistration[] signals = [.. EndingSignals.Select(signal => PosixSignalRegistration.Create(signal, End))];
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
            Array.ForEach(signals, signal => signal.Dispose());
        }

        return ExitCode.Success;
    }

    private void End(PosixSignalContext context)
    {
        context.Cancel = true;
        watch.Cancel();
    }
}
