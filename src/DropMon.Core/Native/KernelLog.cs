using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace DropMon.Native;

/// <summary>Reads the kernel's log from /dev/kmsg, a record a call, until its end.</summary>
internal static partial class KernelLog
{
    private const string Path = "/dev/kmsg";
    private const int Flags = 0x800 | 0x80000; // O_RDONLY | O_NONBLOCK | O_CLOEXEC: the end of the log must not make the caller wait
    private const int LargestRecord = 16 << 10; // the kernel's own largest is 8 KB, or 2 KB
    private const int MostRecords = 1 << 20;

    /// <summary>The records with their times since boot (local_clock), the oldest first; null where the log may not be read.</summary>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public static IReadOnlyList<(long Microseconds, string Text)>? Read(CancellationToken cancellationToken)
    {
        using SafeFileHandle log = Open(Path, Flags);
        if (log.IsInvalid)
        {
            return null;
        }

        var records = new List<(long, string)>();
        byte[] buffer = new byte[LargestRecord];
        for (int i = 0; i < MostRecords; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            nint length = Read(log, buffer, (nuint)buffer.Length);
            if (length > 0 && Parse(Encoding.UTF8.GetString(buffer, 0, (int)length)) is { } record)
            {
                records.Add(record);
            }

            // EPIPE: records were overwritten meanwhile, and the next call goes on behind them.
            if (length <= 0 && Marshal.GetLastPInvokeError() is not (Errno.EINTR or Errno.EPIPE))
            {
                return length < 0 && Marshal.GetLastPInvokeError() == Errno.EAGAIN ? records : null;
            }
        }

        return records;
    }

    // priority,number,microseconds,flags[,...];text, then lines of what belongs to it
    internal static (long Microseconds, string Text)? Parse(string record)
    {
        int text = record.IndexOf(';', StringComparison.Ordinal);
        return text > 0
            && record[..text].Split(',') is [_, _, var time, ..]
            && long.TryParse(time, NumberStyles.None, CultureInfo.InvariantCulture, out long microseconds)
                ? (microseconds, record[(text + 1)..].Split('\n')[0])
                : null;
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial SafeFileHandle Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    private static partial nint Read(SafeFileHandle file, [Out] byte[] buffer, nuint count);
}
