using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace DropMon.Native;

/// <summary>
/// Writes to a named pipe. Neither its opening nor its writing lasts longer than until the wait is cancelled, which open(2)
/// of a pipe without a reader, and write(2) to one whose reader does not read, would.
/// </summary>
internal sealed partial class WaitingOutput : Stream
{
    private const int WriteOnly = 1; // O_WRONLY
    private const int DoNotWait = 0x800; // O_NONBLOCK
    private const int CloseOnExec = 0x80000; // O_CLOEXEC

    /// <summary>No call waits for a pipe's reader and for something else: the pipe is asked again until it has one.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(50);

    private readonly EventFd _cancelled = new();
    private readonly CancellationToken _cancellation;
    private readonly CancellationTokenRegistration _registration;

    private WaitingOutput(SafeFileHandle file, CancellationToken cancellation)
    {
        File = file;
        _cancellation = cancellation;
        _registration = cancellation.Register(_cancelled.Set);
    }

    public SafeFileHandle File { get; }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>Opens the pipe once it has a reader.</summary>
    /// <exception cref="SyscallException">It cannot be opened.</exception>
    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    public static WaitingOutput Open(string path, CancellationToken cancellation)
    {
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            var file = new SafeFileHandle(Open(path, WriteOnly | DoNotWait | CloseOnExec), ownsHandle: true);
            if (!file.IsInvalid)
            {
                return new WaitingOutput(file, cancellation);
            }

            if (Marshal.GetLastPInvokeError() is not (Errno.ENXIO or Errno.EINTR))
            {
                throw SyscallException.FromLastError("open", $"Opening {path}");
            }

            cancellation.WaitHandle.WaitOne(Patience);
        }
    }

    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (buffer.Length > 0)
        {
            Wait();
            int written = Write(File, ref MemoryMarshal.GetReference(buffer), (nuint)buffer.Length);
            if (written >= 0)
            {
                buffer = buffer[written..];
            }
            else if (Marshal.GetLastPInvokeError() is not (Errno.EAGAIN or Errno.EINTR) and var errno)
            {
                throw new IOException(Marshal.GetPInvokeErrorMessage(errno));
            }
        }
    }

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        _registration.Dispose();
        _cancelled.Dispose();
        File.Dispose();
        base.Dispose(disposing);
    }

    private void Wait()
    {
        PollEntry[] entries =
        [
            new PollEntry { Descriptor = (int)_cancelled.Handle.DangerousGetHandle(), Events = PollCall.PollIn },
            new PollEntry { Descriptor = (int)File.DangerousGetHandle(), Events = PollCall.PollOut },
        ];
        while (true)
        {
            // A pipe with room is written to even then: what is at hand is handed over.
            if (PollCall.Poll(entries, -1) > 0 && entries[1].Returned != 0)
            {
                return;
            }

            _cancellation.ThrowIfCancellationRequested();
        }
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    private static partial int Write(SafeFileHandle file, ref byte buffer, nuint count);
}
