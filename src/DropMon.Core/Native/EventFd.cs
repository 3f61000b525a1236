using System.Runtime.InteropServices;

namespace DropMon.Native;

/// <summary>A flag that another thread raises and that poll(2) can wait for (eventfd(2)).</summary>
internal sealed partial class EventFd : IDisposable
{
    private const int CloseOnExec = 0x80000; // EFD_CLOEXEC
    private const int NonBlocking = 0x800; // EFD_NONBLOCK

    public EventFd()
    {
        int descriptor = Create(0, CloseOnExec | NonBlocking);
        if (descriptor < 0)
        {
            throw SyscallException.FromLastError("eventfd", "Creating an eventfd");
        }

        Handle = new SafeFileDescriptor(descriptor);
    }

    public SafeFileDescriptor Handle { get; }

    /// <summary>Raises the flag; it stays raised until <see cref="Reset"/>. May be called from any thread, and after disposal.</summary>
    public void Set()
    {
        bool counted = false;
        try
        {
            Handle.DangerousAddRef(ref counted);
            // EAGAIN means that the counter is full, hence raised already: the result does not matter.
            _ = Write((int)Handle.DangerousGetHandle(), 1UL, sizeof(ulong));
        }
        catch (ObjectDisposedException)
        {
            // The waiting thread is gone.
        }
        finally
        {
            if (counted)
            {
                Handle.DangerousRelease();
            }
        }
    }

    public void Reset() => _ = Read(Handle, out _, sizeof(ulong));

    public void Dispose() => Handle.Dispose();

    [LibraryImport("libc", EntryPoint = "eventfd", SetLastError = true)]
    private static partial int Create(uint initial, int flags);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    private static partial nint Write(int descriptor, in ulong value, nint length);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    private static partial nint Read(SafeFileDescriptor descriptor, out ulong value, nint length);
}
