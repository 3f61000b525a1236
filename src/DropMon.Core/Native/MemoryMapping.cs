using System.Runtime.InteropServices;

namespace DropMon.Native;

/// <summary>Owns a shared mapping of a descriptor's memory (mmap(2)).</summary>
internal sealed unsafe partial class MemoryMapping : SafeHandle
{
    private const int ReadWrite = 1 | 2; // PROT_READ | PROT_WRITE
    private const int Shared = 1; // MAP_SHARED

    private readonly nuint _length;

    /// <summary>Maps <paramref name="length"/> bytes from the descriptor's start.</summary>
    public MemoryMapping(SafeFileDescriptor descriptor, nuint length)
        : base(-1, ownsHandle: true)
    {
        _length = length;
        nint address = Map(0, length, ReadWrite, Shared, descriptor, 0);
        if (address == -1)
        {
            throw SyscallException.FromLastError("mmap", $"Mapping {length} bytes of a perf ring");
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
