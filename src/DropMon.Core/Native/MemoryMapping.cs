using System.Runtime.InteropServices;

namespace DropMon.Native;

/// <summary>Owns a shared mapping of a descriptor's memory (mmap(2)).</summary>
internal sealed unsafe partial class MemoryMapping : SafeHandle
{
    private const int Read = 1; // PROT_READ
    private const int Write = 2; // PROT_WRITE
    private const int Shared = 1; // MAP_SHARED

    private readonly nuint _length;

    /// <summary>Maps memory of a descriptor.</summary>
    /// <param name="descriptor">Whose memory.</param>
    /// <param name="length">How many bytes.</param>
    /// <param name="what">What it is, for the error.</param>
    /// <param name="offset">Where to start, a multiple of the page size.</param>
    /// <param name="isWritable">Whether this process writes there.</param>
    public MemoryMapping(SafeFileDescriptor descriptor, nuint length, string what, nint offset = 0, bool isWritable = true)
        : base(-1, ownsHandle: true)
    {
        _length = length;
        nint address = Map(0, length, isWritable ? Read | Write : Read, Shared, descriptor, offset);
        if (address == -1)
        {
            throw SyscallException.FromLastError("mmap", $"Mapping {length} bytes of {what}");
        }

        SetHandle(address);
    }

    public override bool IsInvalid => handle == -1;

    public byte* Address => (byte*)handle;

    protected override bool ReleaseHandle() => Unmap(handle, _length) == 0;

    [LibraryImport("libc", EntryPoint = "mmap", SetLastError = true)]
    private static partial nint Map(nint address, nuint length, int protection, int flags, SafeFileDescriptor descriptor, nint offset);

    [LibraryImport("libc", EntryPoint = "munmap", SetLastError = true)]
    private static partial int Unmap(nint address, nuint length);
}
