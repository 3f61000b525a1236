using System.Diagnostics.CodeAnalysis;
using DropMon.Files.Json;

namespace DropMon.Files;

/// <summary>
/// Reads alerts from a file, one at a time and in constant memory. Each has <see cref="DropAlert.Source"/> Replay, and everything else as
/// it was written; the source that first delivered it stays in the file. An alert that names no computer gets the name in the
/// file's header when that is another computer's.
/// </summary>
public abstract class AlertReader : IDisposable
{
    private protected AlertReader(string path) => Path = path;

    /// <summary>The file, as the caller named it.</summary>
    public string Path { get; }

    /// <summary>The file's format.</summary>
    public abstract AlertFileFormat Format { get; }

    /// <summary>
    /// The header last read; null until the first alert was read, and in files without one. A file that was appended to has several.
    /// </summary>
    public AlertFileHeader? Header { get; private protected set; }

    /// <summary>How many bytes of the file have been consumed.</summary>
    public abstract long Position { get; }

    /// <summary>
    /// The ledger of losses last read: what the writer knew to be missing from the file. Null until one was read, and in files without one.
    /// </summary>
    public DropLedger? Ledger { get; private protected set; }

    /// <summary>Reads the next alert.</summary>
    /// <returns>False at the end of the file.</returns>
    /// <exception cref="CaptureException">
    /// The file is damaged or cut off, or reading it failed. Where <see cref="CaptureException.CanContinue"/> is true, the next call goes
    /// on behind the damage; where it is false, the next call returns false.
    /// </exception>
    public abstract bool TryRead([NotNullWhen(true)] out DropAlert? alert);

    /// <summary>The alerts that are left, one by one.</summary>
    public IEnumerable<DropAlert> ReadAll()
    {
        while (TryRead(out DropAlert? alert))
        {
            yield return alert;
        }
    }

    /// <summary>Closes the file.</summary>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Takes a record that is neither a header nor an alert. Kinds of later versions are passed over.</summary>
    private protected void TakeRecord(string kind, ReadOnlySpan<byte> json)
    {
        if (kind == LedgerJson.Kind)
        {
            Ledger = LedgerJson.Read(json);
        }
    }

    private protected abstract void Dispose(bool disposing);
}
