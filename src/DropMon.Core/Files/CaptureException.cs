using DropMon.Files;
using DropMon.Text;

namespace DropMon;

/// <summary>A file of alerts could not be read or written.</summary>
public sealed class CaptureException : DropMonException
{
    private CaptureException(string errorId, DropMonErrorKind kind, string path, long offset, string message, string? remedy,
        Exception? inner = null)
        : base(errorId, kind, message, remedy, inner)
    {
        Path = SafeText.Escape(path);
        Offset = offset;
    }

    /// <summary>The file, as the caller named it, safe to show.</summary>
    public string Path { get; }

    /// <summary>Where in the file, in bytes from its start; -1 where no place in the file is to blame.</summary>
    public long Offset { get; }

    /// <summary>
    /// True when the reader stands behind the bad record and the next read goes on from there;
    /// false when records after <see cref="Offset"/> cannot be separated.
    /// </summary>
    public bool CanContinue { get; private init; }

    internal static CaptureException Truncated(string path, long offset, string what) =>
        new("CaptureTruncated", DropMonErrorKind.InvalidData, path, offset,
            $"'{path}' is truncated: {what} that starts at byte {offset} is incomplete. All records before it were read.",
            $"truncate -s {offset} {ShellQuote.Path(path)}");

    internal static CaptureException Invalid(string path, long offset, string why, bool canContinue = false, Exception? inner = null) =>
        new("CaptureInvalid", DropMonErrorKind.InvalidData, path, offset, $"'{path}' is damaged at byte {offset}: {why}", null,
            inner)
        { CanContinue = canContinue };

    internal static CaptureException FormatUnknown(string path) =>
        new("CaptureFormatUnknown", DropMonErrorKind.InvalidData, path, 0,
            $"'{path}' is neither pcapng nor JSON Lines nor a pcap file of netlink messages.",
            $"file {ShellQuote.Path(path)}");

    internal static CaptureException JsonArray(string path) =>
        new("CaptureIsJsonArray", DropMonErrorKind.InvalidData, path, 0,
            $"'{path}' is one JSON array, as ConvertTo-Json writes it, and not an object a line.",
            $"Get-Content -Raw -LiteralPath {PowerShellQuote.Word(path)} | ConvertFrom-Json | {CommandId.Export} "
                + $"{OptionId.LiteralPath.With(PowerShellQuote.Word(System.IO.Path.ChangeExtension(path, ".lines.jsonl")))}");

    internal static CaptureException NoAlerts(string path, long packets) =>
        new("CaptureWithoutAlerts", DropMonErrorKind.InvalidData, path, -1,
            $"'{path}' holds {packets} packets, but none of them says that it was dropped: DropMon did not write this file, or a tool has "
                + "removed the packets' custom options.",
            null);

    internal static CaptureException VersionUnsupported(string path, long offset, int version, int known) =>
        new("CaptureVersionUnsupported", DropMonErrorKind.NotSupported, path, offset,
            $"'{path}' has version {version} of the alert schema; this DropMon reads versions up to {known}.",
            "Update-Module DropMon");

    internal static CaptureException ExtensionUnknown(string path) =>
        new("CaptureExtensionUnknown", DropMonErrorKind.InvalidArgument, path, -1,
            $"The name '{path}' does not identify the format: its extension is none of .pcapng, .jsonl, .ndjson and .json.",
            $"Name the format: {CommandId.Export} {OptionId.Format.With("Pcapng")} or {OptionId.Format.With("JsonLines")}");

    internal static CaptureException FormatMismatch(string path, AlertFileFormat found, AlertFileFormat wanted) =>
        new("CaptureFormatMismatch", DropMonErrorKind.InvalidArgument, path, -1,
            $"'{path}' is a {found} file; {wanted} cannot be appended to it.",
            $"{CommandId.Export} {OptionId.Append} {OptionId.Format.With($"{found}")}");

    internal static CaptureException ReadOnlyFormat(string path, AlertFileFormat format) =>
        new("CaptureFormatReadOnly", DropMonErrorKind.InvalidArgument, path, -1,
            $"'{path}' cannot be written as {format}: such files are only read.",
            $"{CommandId.Export} {OptionId.Format.With("Pcapng")} or {OptionId.Format.With("JsonLines")}");

    internal static CaptureException Exists(string path) =>
        new("CaptureExists", DropMonErrorKind.Conflict, path, -1, $"'{path}' already exists.",
            $"Choose another name, or leave out {OptionId.NoClobber}");

    internal static CaptureException InUse(string path) =>
        new("CaptureInUse", DropMonErrorKind.Conflict, path, -1,
            $"'{path}' is already being written by another pipeline or process. Nothing was changed.",
            $"Name another file, or end the other: fuser -v {ShellQuote.Path(path)}");

    internal static CaptureException AboutToBeOverwritten(string path) =>
        new("CaptureAboutToBeOverwritten", DropMonErrorKind.Conflict, path, -1,
            $"'{path}' cannot be read: it is about to be overwritten, perhaps by this very pipeline. It is unchanged.",
            $"Export to another file, then: Move-Item -Force -LiteralPath THAT_FILE -Destination {PowerShellQuote.Word(path)}");

    internal static CaptureException IsDirectory(string path, string remedy) =>
        new("CaptureIsDirectory", DropMonErrorKind.InvalidArgument, path, -1, $"'{path}' is a directory, not a file of alerts.", remedy);

    /// <summary>A file cannot be opened for reading.</summary>
    internal static CaptureException OpenFailed(string path, Exception cause) => cause switch
    {
        _ when Directory.Exists(path) => IsDirectory(
            path, $"Name the files in it: {OptionId.Path.With(PowerShellQuote.Word(System.IO.Path.Join(path, "*.jsonl")))}"),
        FileNotFoundException or DirectoryNotFoundException => NotFound(path, cause, $"ls {ShellQuote.Path(NearestOf(path))}"),
        UnauthorizedAccessException => new("CaptureAccessDenied", DropMonErrorKind.PermissionDenied, path, -1, CannotOpen(path, cause),
            $"ls -ld {ShellQuote.Path(NearestOf(path))}", cause),
        _ => new("CaptureOpenFailed", DropMonErrorKind.IoFailure, path, -1, CannotOpen(path, cause),
            $"ls -ld {ShellQuote.Path(NearestOf(path))}", cause),
    };

    /// <summary>A file cannot be opened for writing, or not be made.</summary>
    internal static CaptureException CreateFailed(string path, Exception cause) =>
        cause is DirectoryNotFoundException && System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path)) is { } folder
            && Directory.Exists(NearestOf(folder))
            ? NotFound(path, cause, $"mkdir -p {ShellQuote.Path(folder)}")
            : OpenFailed(path, cause);

    internal static CaptureException ReadFailed(string path, long offset, Exception cause) =>
        new("CaptureReadFailed", DropMonErrorKind.IoFailure, path, offset, $"Reading '{path}' failed at byte {offset}: {cause.Message}",
            null, cause);

    internal static CaptureException WriteFailed(string path, long offset, long lost, Exception cause) =>
        new("CaptureWriteFailed", DropMonErrorKind.IoFailure, path, offset,
            $"Writing '{path}' failed: {cause.Message.TrimEnd('.')}. The file is complete up to byte {offset}; the "
                + $"{Plural.Of(lost, "record after it was", "records after it were")} not written.", File.Exists(path)
                    ? $"df {ShellQuote.Path(path)}" : null, cause);

    internal static CaptureException TooLarge(string path, long size, int limit) =>
        new("CaptureRecordTooLarge", DropMonErrorKind.InvalidArgument, path, -1,
            $"An alert of {size} bytes does not fit in '{path}': a record holds at most {limit} bytes.", null);

    private static CaptureException NotFound(string path, Exception cause, string remedy)
    {
        string? folder = System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path));
        string message = folder is null || Directory.Exists(folder)
            ? $"'{path}' does not exist." : $"'{path}' cannot be opened: there is no folder '{folder}'.";
        return new CaptureException("CaptureNotFound", DropMonErrorKind.NotFound, path, -1, message, remedy, cause);
    }

    private static string CannotOpen(string path, Exception cause) => $"'{path}' cannot be opened: {cause.Message}";

    /// <summary>The path itself, or the last part of it that is there: what there is to look at.</summary>
    private static string NearestOf(string path)
    {
        string? nearest = System.IO.Path.GetFullPath(path);
        while (nearest is not null && !System.IO.Path.Exists(nearest))
        {
            nearest = System.IO.Path.GetDirectoryName(nearest);
        }

        return nearest ?? "/";
    }
}
