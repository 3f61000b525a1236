using System.Runtime.InteropServices;

namespace DropMon.Native;

/// <summary>What the kernel says of an open file, or of a name in an open folder, which is not followed (statx(2)).</summary>
internal readonly partial record struct FileStatus(ushort Mode, uint Owner, ulong Inode, ulong Device, long Size)
{
    private const int EmptyPath = 0x1000; // AT_EMPTY_PATH
    private const int DoNotFollow = 0x100; // AT_SYMLINK_NOFOLLOW
    private const uint BasicStatistics = 0x7ff; // STATX_BASIC_STATS
    private const int BufferSize = 256; // sizeof(struct statx)
    private const int TypeMask = 0xF000; // S_IFMT
    private const int Regular = 0x8000; // S_IFREG
    private const int WritableByOthers = 0x12; // S_IWGRP | S_IWOTH
    private const int OpenToOthers = 0x3f; // S_IRWXG | S_IRWXO

    public bool IsRegular => (Mode & TypeMask) == Regular;

    /// <summary>Whether group or others may write.</summary>
    public bool IsWritableByOthers => (Mode & WritableByOthers) != 0;

    /// <summary>Whether group or others may do anything.</summary>
    public bool IsOpenToOthers => (Mode & OpenToOthers) != 0;

    /// <summary>Whether it belongs to root or to this process's user.</summary>
    public bool IsOurs => Owner == 0 || Owner == EffectiveUser();

    public bool IsSameFile(FileStatus other) => Inode == other.Inode && Device == other.Device;

    /// <exception cref="SyscallException">The kernel does not say.</exception>
    public static FileStatus Of(SafeFileDescriptor file, string path) =>
        TryRead(file, "", EmptyPath) ?? throw SyscallException.FromLastError("statx", $"Reading the status of {path}");

    /// <summary>What a name in a folder stands for; null where it is not there.</summary>
    public static FileStatus? OfEntry(SafeFileDescriptor folder, string name) => TryRead(folder, name, DoNotFollow);

    private static FileStatus? TryRead(SafeFileDescriptor folder, string name, int flags)
    {
        // struct statx: stx_uid at 20, stx_mode at 28, stx_ino at 32, stx_size at 40, stx_dev_major and _minor at 136.
        Span<byte> answer = stackalloc byte[BufferSize];
        return Call(folder, name, flags, BasicStatistics, answer) != 0 ? null : new FileStatus(
            MemoryMarshal.Read<ushort>(answer[28..]),
            MemoryMarshal.Read<uint>(answer[20..]),
            MemoryMarshal.Read<ulong>(answer[32..]),
            MemoryMarshal.Read<ulong>(answer[136..]),
            MemoryMarshal.Read<long>(answer[40..]));
    }

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Call(SafeFileDescriptor folder, string path, int flags, uint mask, Span<byte> answer);

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint EffectiveUser();
}
