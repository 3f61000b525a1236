using System.Runtime.InteropServices;
using DropMon.Native;
using DropMon.Sessions.Measurement;
using DropMon.Terminal;
using DropMon.Text;

namespace DropMon.Cli.Top;

/// <summary>
/// Shows what a meter counts at each interval, until the time is over, a signal arrives, or the reader of a pipe is gone.
/// </summary>
internal sealed class TopSession(DropMeter meter, ITopView view, TimeSpan interval, TimeSpan? duration) : ITopScreen, IDisposable
{
    private readonly TopLoop _loop = new(meter, interval, duration);
    private readonly AutoResetEvent _wake = new(initialState: false);
    private volatile bool _isEnding;

    /// <returns>The exit code.</returns>
    public int Run()
    {
        using var ending = new EndingSignals(End, () => _loop.Shown);
        using var resized = PosixSignalRegistration.Create(PosixSignal.SIGWINCH, _ => _wake.Set());
        using var suspended = PosixSignalRegistration.Create(PosixSignal.SIGTSTP, Suspend);
        using var resumed = PosixSignalRegistration.Create(PosixSignal.SIGCONT, _ => _wake.Set());
        using var hangup = PipeHangup.Watch(End);
        try
        {
            _loop.Run(this);
            meter.StopAfterReports();
            view.Show(_loop.Look());
        }
        finally
        {
            view.Dispose();
        }

        Report(meter.GetLedger());
        meter.ThrowIfFailed();
        return ExitCode.Success;
    }

    bool ITopScreen.IsEnding => _isEnding;

    void ITopScreen.Show(TopFrame frame) => view.Show(frame);

    void ITopScreen.Redraw() => view.Redraw();

    bool ITopScreen.Wait(TimeSpan time) => _wake.WaitOne(time);

    public void Dispose() => _wake.Dispose();

    private void Report(DropLedger ledger)
    {
        string filteredOut = ledger.FilteredOut > 0 ? $", {Plural.Of(ledger.FilteredOut, "alert")} filtered out" : "";
        Console.Error.WriteLine(
            $"{Plural.Of(meter.Total, "packet")} counted, reported by the {meter.GetStatus().SourceShortTitle}{filteredOut}, " +
            $"{ledger.TotalLost} lost.");
        foreach (string warning in meter.Warnings)
        {
            StandardError.Warn(warning);
        }

        if (ledger.DescribeLoss() is { } loss)
        {
            StandardError.Warn(loss);
        }
    }

    private void Suspend(PosixSignalContext context)
    {
        context.Cancel = true;
        view.Suspend();
        JobControl.Suspend();
    }

    private void End()
    {
        _isEnding = true;
        meter.RequestStop();
        _wake.Set();
    }
}
