using System.Runtime.InteropServices;

namespace DropMon.Native;

/// <summary>Opens a folder of a cgroup2 file system by the number that the kernel has for the control group.</summary>
internal static partial class ControlGroupHandle
{
    private const int CurrentFolder = -100; // AT_FDCWD
    private const int OnlyPath = 0x200000; // O_PATH
    private const int CloseOnExec = 0x80000; // O_CLOEXEC
    private const int HandleType = 0xfe; // FILEID_KERNFS (Linux 5.5)

    /// <summary>Opens a folder, such as the root of a mount; invalid where it is not there.</summary>
    public static SafeFileDescriptor OpenFolder(string path) => Open(CurrentFolder, path, CloseOnExec);

    /// <summary>The path of a control group in the file system, mount point included.</summary>
    /// <returns>Null where it is gone, or CAP_DAC_READ_SEARCH is missing.</returns>
    public static string? FindPath(SafeFileDescriptor mount, ulong id)
    {
        // struct file_handle: u32 handle_bytes, int handle_type, the handle.
        Span<byte> handle = stackalloc byte[sizeof(uint) + sizeof(int) + sizeof(ulong)];
        MemoryMarshal.Write(handle, sizeof(ulong));
        MemoryMarshal.Write(handle[sizeof(uint)..], HandleType);
        MemoryMarshal.Write(handle[(sizeof(uint) + sizeof(int))..], id);
        using var folder = new SafeFileDescriptor(OpenByHandle(mount, handle, OnlyPath | CloseOnExec));
        return folder.IsInvalid ? null : new FileInfo($"/proc/self/fd/{(int)folder.DangerousGetHandle()}").LinkTarget;
    }

    [LibraryImport("libc", EntryPoint = "openat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial SafeFileDescriptor Open(int folder, string path, int flags);

    [LibraryImport("libc", EntryPoint = "open_by_handle_at", SetLastError = true)]
    private static partial int OpenByHandle(SafeFileDescriptor mount, Span<byte> handle, int flags);
}
