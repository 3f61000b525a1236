using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace DropMon.Native;

/// <summary>
/// Reads files that the kernel makes: regular ones on procfs, sysfs and their like, never another file, a device or a pipe.
/// </summary>
internal static partial class KernelFile
{
    // /proc/net/tcp has 150 bytes a connection: this is room for 400,000.
    public const int MostBytes = 64 << 20;

    // O_RDONLY | O_NOCTTY | O_NONBLOCK | O_CLOEXEC; a FIFO must not make the caller wait, a terminal not become its own.
    private const int Flags = 0x100 | 0x800 | 0x80000;
    private const int FileSystemInformationSize = 120; // sizeof(struct statfs)
    private const int Piece = 64 << 10;

    /// <summary>PROC_SUPER_MAGIC, SYSFS_MAGIC, SECURITYFS_MAGIC (lockdown).</summary>
    private static readonly long[] FileSystems = [0x9fa0, 0x62656572, 0x73636673];

    /// <summary>O_NOFOLLOW differs between processors.</summary>
    private static int NoFollow => RuntimeInformation.ProcessArchitecture is Architecture.Arm64 or Architecture.Arm ? 0x8000 : 0x20000;

    /// <summary>Whether it is /proc, /sys or a path below that no name in it leads out of.</summary>
    public static bool IsPath(string path) =>
        (
            path is "/proc" or "/sys"
                || path.StartsWith("/proc/", StringComparison.Ordinal)
                || path.StartsWith("/sys/", StringComparison.Ordinal))
        && !path.Contains('\0', StringComparison.Ordinal)
        && !path.Split('/').Contains("..");

    /// <summary>The text of such a file; null where it is none, is larger than that, or cannot be read.</summary>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public static string? Read(string path, int mostBytes, CancellationToken cancellationToken)
    {
        if (!IsPath(path))
        {
            return null;
        }

        using SafeFileHandle file = Open(path, Flags | NoFollow);
        return !file.IsInvalid && RegularFile.Is(file) && IsOfKernel(file) ? Read(file, mostBytes, cancellationToken) : null;
    }

    private static unsafe string? Read(SafeFileHandle file, int mostBytes, CancellationToken cancellationToken)
    {
        var text = new ArrayBufferWriter<byte>(Piece);
        while (text.WrittenCount <= mostBytes)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Span<byte> piece = text.GetSpan(Piece);
            nint length;
            fixed (byte* start = piece)
            {
                length = Read(file, start, (nuint)Piece);
            }

            if (length == 0)
            {
                return Encoding.UTF8.GetString(text.WrittenSpan);
            }

            if (length < 0)
            {
                if (Marshal.GetLastPInvokeError() == Errno.EINTR)
                {
                    continue;
                }

                return null;
            }

            text.Advance((int)length);
        }

        return null;
    }

    private static bool IsOfKernel(SafeFileHandle file)
    {
        Span<byte> answer = stackalloc byte[FileSystemInformationSize];
        return Information(file, answer) == 0 && FileSystems.Contains(MemoryMarshal.Read<long>(answer));
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial SafeFileHandle Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    private static unsafe partial nint Read(SafeFileHandle file, byte* buffer, nuint length);

    [LibraryImport("libc", EntryPoint = "fstatfs", SetLastError = true)]
    private static partial int Information(SafeFileHandle file, Span<byte> answer);
}
