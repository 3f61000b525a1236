using DropMon.Files.Json;
using DropMon.Files.Pcap;
using DropMon.Files.Pcapng;
using DropMon.Native;
using DropMon.Text;
using Microsoft.Win32.SafeHandles;

namespace DropMon.Files;

/// <summary>Opens files of alerts.</summary>
public static class AlertFile
{
    /// <summary>Opens a file for reading. Its first bytes tell its format; its name does not matter.</summary>
    /// <param name="path">The file.</param>
    /// <param name="readAhead">
    /// Whether a thread of its own reads on while the caller works on what was read: for callers that take their time over each alert. The
    /// alerts of a pipe are handed over as they come all the same.
    /// </param>
    /// <exception cref="CaptureException">It cannot be opened, or is in no format that holds alerts.</exception>
    public static AlertReader OpenRead(string path, bool readAhead = false) => OpenRead(CaptureInput.Open(path), readAhead);

    /// <summary>Opens a file for reading ahead, or what stands in its place, such as a pipe.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cancellation">Ends the wait for the writer of a pipe, here and while it is read.</param>
    /// <exception cref="CaptureException">It cannot be opened, or is in no format that holds alerts.</exception>
    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    public static AlertReader OpenInterruptible(string path, CancellationToken cancellation) =>
        OpenRead(CaptureInput.OpenInterruptible(path, cancellation), readAhead: true);

    /// <summary>Checks whether a writer is about to overwrite a file. Any other fault is reported when the file is opened.</summary>
    /// <exception cref="CaptureException">One is.</exception>
    internal static void CheckUnthreatened(string path)
    {
        if (!RegularFile.Is(path))
        {
            return;
        }

        try
        {
            using SafeFileHandle file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            if (CaptureLocks.IsAboutToBeOverwritten(file))
            {
                throw CaptureException.AboutToBeOverwritten(path);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return;
        }
    }

    private static AlertReader OpenRead(CaptureInput input, bool readAhead)
    {
        bool isFile = input.IsFile;
        AlertReader reader = OpenRead(input);
        return readAhead && isFile ? new ReadAheadReader(reader) : reader;
    }

    internal static AlertReader OpenRead(CaptureInput input)
    {
        try
        {
            return Detect(input) switch
            {
                AlertFileFormat.JsonLines => new JsonLinesReader(input),
                AlertFileFormat.Pcapng => new PcapngReader(input),
                AlertFileFormat.Netlink => new NetlinkCaptureReader(input),
                _ when StartsWith(input, '[') => throw CaptureException.JsonArray(input.Path),
                _ => throw CaptureException.FormatUnknown(input.Path),
            };
        }
        catch
        {
            input.Dispose();
            throw;
        }
    }

    /// <summary>Opens a file for writing.</summary>
    /// <param name="path">The file, made if it does not exist.</param>
    /// <param name="options">How; null for a new file in the format that its extension names.</param>
    /// <exception cref="CaptureException">It cannot be opened, or the options do not fit it.</exception>
    public static AlertWriter OpenWrite(string path, AlertWriteOptions? options = null) =>
        OpenWriteInterruptible(path, options ?? new AlertWriteOptions(), CancellationToken.None);

    /// <summary>Opens a file for writing, or what stands in its place, such as a pipe.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">How.</param>
    /// <param name="cancellation">Ends the wait for the reader of a pipe, here and while it is written to.</param>
    /// <exception cref="CaptureException">It cannot be opened, or the options do not fit it.</exception>
    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    internal static AlertWriter OpenWriteInterruptible(string path, AlertWriteOptions options, CancellationToken cancellation)
    {
        if (Directory.Exists(path))
        {
            throw CaptureException.IsDirectory(path,
                $"Name a file in it: {PowerShellQuote.Word(System.IO.Path.Join(path, "drops.jsonl"))}");
        }

        AlertFileFormat format = options.Format == AlertFileFormat.Auto ? ByExtension(path) : options.Format;
        if (format is not (AlertFileFormat.Pcapng or AlertFileFormat.JsonLines))
        {
            throw CaptureException.ReadOnlyFormat(path, format);
        }

        AlertFileHeader header = options.Header ?? AlertFileHeader.ForThisMachine();
        OutputFile file = OutputFile.Open(path, options, cancellation);
        try
        {
            long position = options.Append ? PrepareAppend(file, format) : 0;
            var output = new RecordOutput(file, position);
            return format == AlertFileFormat.Pcapng ? new PcapngWriter(output, header) : new JsonLinesWriter(output, header);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>The format that a file name's extension stands for.</summary>
    /// <param name="path">The file's name.</param>
    /// <exception cref="CaptureException">It stands for none.</exception>
    public static AlertFileFormat ByExtension(string path) => System.IO.Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".pcapng" => AlertFileFormat.Pcapng,
        ".jsonl" or ".ndjson" or ".json" => AlertFileFormat.JsonLines,
        _ => throw CaptureException.ExtensionUnknown(path),
    };

    /// <summary>
    /// Tells the format by the file's first bytes; Auto where they are of none. An empty file is JSON Lines without a line.
    /// </summary>
    private static AlertFileFormat Detect(CaptureInput input)
    {
        input.TryFill(24);
        ReadOnlySpan<byte> start = input.Buffered;
        if (start.Length >= 4 && PcapngFormat.ReadUInt32(start, false) == PcapngFormat.SectionHeader)
        {
            return AlertFileFormat.Pcapng;
        }

        if (PcapRecordReader.IsPcap(start))
        {
            return AlertFileFormat.Netlink;
        }

        start = Text(start);
        return start.IsEmpty || start[0] == (byte)'{' ? AlertFileFormat.JsonLines : AlertFileFormat.Auto;
    }

    private static bool StartsWith(CaptureInput input, char first) => Text(input.Buffered) is [var found, ..] && found == first;

    // The text behind a byte order mark and space.
    private static ReadOnlySpan<byte> Text(ReadOnlySpan<byte> start) =>
        (start.StartsWith("\uFEFF"u8) ? start[3..] : start).TrimStart(" \t\r\n"u8);

    /// <summary>Checks that what is there can be continued, and tells where.</summary>
    private static long PrepareAppend(OutputFile file, AlertFileFormat format)
    {
        long length = file.Length;
        if (length == 0)
        {
            return 0;
        }

        string path = file.Path;
        AlertFileFormat found;
        using (CaptureInput input = CaptureInput.Open(path))
        {
            found = Detect(input);
        }

        if (found != format)
        {
            throw found == AlertFileFormat.Auto ? CaptureException.FormatUnknown(path)
                : CaptureException.FormatMismatch(path, found, format);
        }

        CheckVersion(path);
        return format == AlertFileFormat.Pcapng ? CheckLastBlock(file.Handle, path, length) : EndLastLine(file.Handle, length);
    }

    // The header is what begins at the file's first byte. A damaged first record has no version and is ignored.
    private static void CheckVersion(string path)
    {
        using AlertReader reader = OpenRead(CaptureInput.Open(path, limit: 1));
        try
        {
            reader.TryRead(out _);
        }
        catch (CaptureException e) when (e.Kind != DropMonErrorKind.NotSupported)
        {
            return;
        }
    }

    // A new section may follow any whole block. Half a block would hide it from every reader.
    private static long CheckLastBlock(SafeFileHandle file, string path, long length)
    {
        Span<byte> trailer = stackalloc byte[4];
        Span<byte> header = stackalloc byte[8];
        RandomAccess.Read(file, trailer, length - 4);
        foreach (bool bigEndian in new[] { false, true })
        {
            uint last = PcapngFormat.ReadUInt32(trailer, bigEndian);
            if (last >= PcapngFormat.BlockOverhead && last % 4 == 0 && last <= length
                && RandomAccess.Read(file, header, length - last) == header.Length
                    && PcapngFormat.ReadUInt32(header[4..], bigEndian) == last)
            {
                return length;
            }
        }

        // Reading it through finds where the damage begins.
        using CaptureInput input = CaptureInput.Open(path);
        var blocks = new PcapngBlockReader(input);
        while (blocks.TryRead(out _, out _, out _))
        {
        }

        return length;
    }

    // A writer that was killed may have left half a line. Behind a line feed the rest stays readable.
    private static long EndLastLine(SafeFileHandle file, long length)
    {
        Span<byte> last = stackalloc byte[1];
        RandomAccess.Read(file, last, length - 1);
        if (last[0] == (byte)'\n')
        {
            return length;
        }

        RandomAccess.Write(file, "\n"u8, length);
        return length + 1;
    }
}
