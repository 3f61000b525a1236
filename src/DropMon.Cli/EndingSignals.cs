using System.Runtime.InteropServices;

namespace DropMon.Cli;

/// <summary>
/// The signals that ask a command to end. While this lives they do not kill the process: it winds up what it was doing. A second one, a
/// second later, ends it at once, and so does a reader of the output that takes nothing any more; the drop monitor is given back in any
/// case.
/// </summary>
internal sealed class EndingSignals : IDisposable
{
    // A terminal that is closed sends a hangup, and so does the shell in it: that is one end, not two.
    private const int OfOneEndMilliseconds = 1000;
    private const int BySignal = 128; // what shells add to a signal's number
    private static readonly TimeSpan MostStall = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan MostTelling = TimeSpan.FromSeconds(1);
    private static readonly PosixSignal[] All = [PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP, PosixSignal.SIGQUIT];

    private readonly Action _onSignal;
    private readonly Func<long>? _progress;
    private readonly ManualResetEventSlim _hasEnded = new();
    private readonly PosixSignalRegistration[] _registrations;
    private long _firstAt = long.MaxValue;
    private int _signals;

    /// <summary>Begins to listen.</summary>
    /// <param name="onSignal">Called at the first, on a thread of its own.</param>
    /// <param name="progress">Another number whenever some output was taken; null where little is written, at the end.</param>
    public EndingSignals(Action onSignal, Func<long>? progress = null)
    {
        _onSignal = onSignal;
        _progress = progress;
        _registrations = Array.ConvertAll(All, signal => PosixSignalRegistration.Create(signal, OnSignal));
    }

    public void Dispose()
    {
        _hasEnded.Set();
        Array.ForEach(_registrations, registration => registration.Dispose());
    }

    private void OnSignal(PosixSignalContext context)
    {
        context.Cancel = true;
        if (Interlocked.Increment(ref _signals) == 1)
        {
            _firstAt = Environment.TickCount64;
            _onSignal();
            if (_progress is not null)
            {
                new Thread(() => EndWhenStalled(_progress)) { IsBackground = true, Name = "Ending" }.Start();
            }
        }
        else if (!_hasEnded.IsSet && Environment.TickCount64 - _firstAt >= OfOneEndMilliseconds)
        {
            EndNow("Ended by a second signal", BySignal + Number(context.Signal));
        }
    }

    private void EndWhenStalled(Func<long> progress)
    {
        for (long last = -1; !_hasEnded.Wait(MostStall); last = progress())
        {
            if (last == progress())
            {
                EndNow($"The output was blocked for {MostStall.TotalSeconds:0} seconds", ExitCode.Failure);
            }
        }
    }

    // The message may block as well; and Console would wait for a thread that is writing to standard output.
    private static void EndNow(string why, int exitCode)
    {
        Task.Run(() => StandardStreams.WriteRawError($"dropmon: {why}: the rest of the output was not written.\n")).Wait(MostTelling);
        Environment.Exit(exitCode);
    }

    private static int Number(PosixSignal signal) => signal switch
    {
        PosixSignal.SIGHUP => 1,
        PosixSignal.SIGINT => 2,
        PosixSignal.SIGQUIT => 3,
        _ => 15,
    };
}
