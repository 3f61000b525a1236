using System.Buffers.Binary;

namespace DropMon.Kernel.Symbols;

/// <summary>
/// Whether debug information of the kernel can be anywhere that libdw looks. Where there is none, libdw reads all of /proc/kallsyms in
/// pieces of a kilobyte before it says so, which is longer than everything else that the first alert waits for.
/// </summary>
internal static class DebugFiles
{
    private const int BuildIdNote = 3; // NT_GNU_BUILD_ID
    private static readonly string[] Folders = ["usr/lib/debug/boot", "usr/lib/debug/lib/modules", "usr/lib/debug/usr/lib/modules"];

    /// <param name="root">Where the file system starts.</param>
    /// <param name="release">The running kernel, as uname -r names it; null where that cannot be read.</param>
    /// <param name="notes">The running kernel's ELF notes, of which one is its build id (/sys/kernel/notes).</param>
    public static bool MayExist(string root, string? release, ReadOnlySpan<byte> notes) =>
        release is null
        || Array.Exists(Folders, folder => Directory.Exists(Path.Combine(root, folder)))
        || (BuildId(notes) is { } id && File.Exists(Path.Combine(root, "usr/lib/debug/.build-id", id[..2], id[2..] + ".debug")))
        || HasImage(Path.Combine(root, "boot"))
        || HasImage(Path.Combine(root, "lib/modules", release))
        || HasImage(Path.Combine(root, "lib/modules", release, "build"));

    /// <inheritdoc cref="DebugFiles"/>
    public static bool MayExist() =>
        MayExist("/", Read("/proc/sys/kernel/osrelease", File.ReadAllText)?.Trim(), Read("/sys/kernel/notes", File.ReadAllBytes));

    // vmlinux, vmlinux-6.12.0, vmlinux.debug, vmlinux.xz.
    private static bool HasImage(string folder)
    {
        try
        {
            return Directory.EnumerateFiles(folder, "vmlinux*").Any();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    // A note: the lengths of its name and its value, its type, then both, each padded to four bytes.
    private static string? BuildId(ReadOnlySpan<byte> notes)
    {
        const int Header = 12;
        while (notes.Length >= Header)
        {
            int nameEnd = Header + Padded(BinaryPrimitives.ReadInt32LittleEndian(notes));
            int length = BinaryPrimitives.ReadInt32LittleEndian(notes[4..]);
            int type = BinaryPrimitives.ReadInt32LittleEndian(notes[8..]);
            if (nameEnd < Header || nameEnd > notes.Length || length < 0 || length > notes.Length - nameEnd)
            {
                return null;
            }

            if (type == BuildIdNote && length > 1 && notes[Header..nameEnd].SequenceEqual("GNU\0"u8))
            {
                return Convert.ToHexString(notes.Slice(nameEnd, length)).ToLowerInvariant();
            }

            notes = notes[Math.Min(nameEnd + Padded(length), notes.Length)..];
        }

        return null;
    }

    private static int Padded(int length) => length is >= 0 and < 65536 ? (length + 3) & ~3 : -1;

    private static T? Read<T>(string path, Func<string, T> read)
        where T : class
    {
        try
        {
            return read(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
