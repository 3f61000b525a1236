using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace DropMon.Native;

/// <summary>Tells files that keep what is written to them from pipes, terminals and devices (statx(2)).</summary>
internal static partial class RegularFile
{
    private const int CurrentFolder = -100; // AT_FDCWD
    private const int EmptyPath = 0x1000; // AT_EMPTY_PATH
    private const uint WantType = 1; // STATX_TYPE
    private const int BufferSize = 256; // sizeof(struct statx)
    private const int ModeOffset = 28; // offsetof(struct statx, stx_mode)
    private const int TypeMask = 0xF000; // S_IFMT
    private const int Regular = 0x8000; // S_IFREG
    private const int Pipe = 0x1000; // S_IFIFO

    public static bool Is(SafeFileHandle file)
    {
        Span<byte> answer = stackalloc byte[BufferSize];
        return Call(file, "", EmptyPath, WantType, answer) == 0 && IsRegular(answer);
    }

    /// <summary>The same by name, without opening it: to open a pipe is to wait for its writer.</summary>
    public static bool Is(string path)
    {
        Span<byte> answer = stackalloc byte[BufferSize];
        return Call(CurrentFolder, path, 0, WantType, answer) == 0 && IsRegular(answer);
    }

    /// <summary>Whether a name is that of a pipe.</summary>
    public static bool IsPipe(string path)
    {
        Span<byte> answer = stackalloc byte[BufferSize];
        return Call(CurrentFolder, path, 0, WantType, answer) == 0 && TypeOf(answer) == Pipe;
    }

    private static bool IsRegular(ReadOnlySpan<byte> answer) => TypeOf(answer) == Regular;

    private static int TypeOf(ReadOnlySpan<byte> answer) => MemoryMarshal.Read<ushort>(answer[ModeOffset..]) & TypeMask;

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Call(SafeFileHandle folder, string path, int flags, uint mask, Span<byte> answer);

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Call(int folder, string path, int flags, uint mask, Span<byte> answer);
}
