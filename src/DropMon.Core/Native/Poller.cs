using System.Runtime.InteropServices;

namespace DropMon.Native;

/// <summary>Waits until one of a fixed set of descriptors is readable (poll(2)).</summary>
internal sealed class Poller
{
    private readonly SafeFileDescriptor[] _handles;
    private readonly PollEntry[] _entries;

    public Poller(params SafeFileDescriptor[] handles)
    {
        _handles = handles;
        _entries = new PollEntry[handles.Length];
    }

    /// <summary>Waits.</summary>
    /// <param name="timeoutMilliseconds">How long at most; -1 for as long as it takes.</param>
    /// <returns>False when the time ran out.</returns>
    public bool Wait(int timeoutMilliseconds)
    {
        for (int i = 0; i < _handles.Length; i++)
        {
            _entries[i] = new PollEntry { Descriptor = (int)_handles[i].DangerousGetHandle(), Events = PollCall.PollIn };
        }

        int ready = PollCall.Poll(_entries, timeoutMilliseconds);
        if (ready >= 0)
        {
            return ready > 0;
        }

        int errno = Marshal.GetLastPInvokeError();
        // A signal arrived: the caller looks at its conditions and waits again.
        return errno == Errno.EINTR ? true : throw new SyscallException("poll", errno, "Waiting for the kernel");
    }

    /// <summary>Whether the last wait found the descriptor at <paramref name="index"/> readable, closed or in error.</summary>
    public bool IsReady(int index) => _entries[index].Returned != 0;

    /// <summary>Whether the last wait found that the descriptor at <paramref name="index"/> will never be readable again.</summary>
    public bool IsHungUp(int index) => (_entries[index].Returned & PollCall.PollHup) != 0;
}
