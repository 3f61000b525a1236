using System.Runtime.InteropServices;

namespace DropMon.Native;

/// <summary>Tells when the reader of standard output, a pipe, has gone: also while nothing is written (poll(2), POLLERR).</summary>
internal sealed class PipeHangup : IDisposable
{
    private const int StandardOutput = 1;

    private readonly EventFd _stop = new();
    private readonly Action _onHangup;
    private readonly Thread _thread;

    private PipeHangup(Action onHangup)
    {
        _onHangup = onHangup;
        _thread = new Thread(Wait) { IsBackground = true, Name = "Pipe watch" };
    }

    /// <summary>Begins to watch.</summary>
    /// <param name="onHangup">Called once, on a thread of its own.</param>
    public static PipeHangup Watch(Action onHangup)
    {
        var watch = new PipeHangup(onHangup);
        watch._thread.Start();
        return watch;
    }

    public void Dispose()
    {
        _stop.Set();
        _thread.Join();
        _stop.Dispose();
    }

    private void Wait()
    {
        PollEntry[] entries =
        [
            new PollEntry { Descriptor = (int)_stop.Handle.DangerousGetHandle(), Events = PollCall.PollIn },
            new PollEntry { Descriptor = StandardOutput, Events = 0 },
        ];
        int ready;
        do
        {
            ready = PollCall.Poll(entries, -1);
        }
        while (ready < 0 && Marshal.GetLastPInvokeError() == Errno.EINTR);

        if (ready > 0 && entries[0].Returned == 0 && (entries[1].Returned & PollCall.PollErr) != 0)
        {
            _onHangup();
        }
    }
}
