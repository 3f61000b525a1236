using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace DropMon.Native;

/// <summary>
/// Reads what is no regular file: a pipe, a terminal, a device. Neither its opening nor its reading keeps anybody longer than until the
/// wait is cancelled, which open(2) of a pipe without a writer would.
/// </summary>
internal sealed partial class WaitingStream : Stream
{
    private const int DoNotWait = 0x800; // O_NONBLOCK
    private const int CloseOnExec = 0x80000; // O_CLOEXEC
    private const int NoTerminal = 0x100; // O_NOCTTY

    private readonly SafeFileHandle _file;
    private readonly EventFd _cancelled = new();
    private readonly CancellationToken _cancellation;
    private readonly CancellationTokenRegistration _registration;

    private WaitingStream(SafeFileHandle file, CancellationToken cancellation)
    {
        _file = file;
        _cancellation = cancellation;
        _registration = cancellation.Register(_cancelled.Set);
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>Opens it.</summary>
    /// <exception cref="SyscallException">It cannot be opened.</exception>
    public static WaitingStream Open(string path, CancellationToken cancellation)
    {
        var file = new SafeFileHandle(Open(path, DoNotWait | CloseOnExec | NoTerminal), ownsHandle: true);
        return !file.IsInvalid ? new WaitingStream(file, cancellation) : throw SyscallException.FromLastError("open", $"Opening {path}");
    }

    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    public override int Read(byte[] buffer, int offset, int count)
    {
        while (true)
        {
            Wait();
            int read = Read(_file, ref buffer.AsSpan(offset, count)[0], (nuint)count);
            if (read >= 0)
            {
                return read;
            }

            if (Marshal.GetLastPInvokeError() is not (Errno.EAGAIN or Errno.EINTR) and var errno)
            {
                throw new IOException(Marshal.GetPInvokeErrorMessage(errno));
            }
        }
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        _registration.Dispose();
        _cancelled.Dispose();
        _file.Dispose();
        base.Dispose(disposing);
    }

    // A pipe that no writer has opened yet is not at its end: only one whose writer has gone is hung up.
    private void Wait()
    {
        PollEntry[] entries =
        [
            new PollEntry { Descriptor = (int)_cancelled.Handle.DangerousGetHandle(), Events = PollCall.PollIn },
            new PollEntry { Descriptor = (int)_file.DangerousGetHandle(), Events = PollCall.PollIn },
        ];
        while (true)
        {
            _cancellation.ThrowIfCancellationRequested();
            if (PollCall.Poll(entries, -1) > 0 && entries[1].Returned != 0)
            {
                return;
            }
        }
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    private static partial int Read(SafeFileHandle file, ref byte buffer, nuint count);
}
