using System.Text.Json;
using DropMon.Files.Json;

namespace DropMon.Files;

/// <summary>
/// Writes alerts in constant memory. Records reach the file whole: when the disk is full, what was written before stays
/// readable, and the file ends behind the last whole record.
/// </summary>
public abstract class AlertWriter : IDisposable
{
    /// <summary>The format being written.</summary>
    public abstract AlertFileFormat Format { get; }

    /// <summary>Writes an alert. It may stay in memory until <see cref="Flush"/>, for a second at most while alerts keep coming.</summary>
    /// <exception cref="CaptureException">Writing failed. Every later call fails as well.</exception>
    public abstract void Write(DropAlert alert);

    /// <summary>Writes the ledger of losses, so that a reader knows what is missing in the file.</summary>
    /// <exception cref="CaptureException">Writing failed.</exception>
    public void WriteLedger(DropLedger ledger) => WriteRecord(LedgerJson.Kind, json => LedgerJson.WriteProperties(json, ledger));

    /// <summary>Writes a record that is not an alert.</summary>
    /// <param name="kind">What readers know it by.</param>
    /// <param name="writeProperties">Writes the record's properties into an object that is open already.</param>
    internal abstract void WriteRecord(string kind, Action<Utf8JsonWriter> writeProperties);

    /// <summary>Hands everything written so far to the operating system.</summary>
    /// <exception cref="CaptureException">Writing failed.</exception>
    public abstract void Flush();

    /// <summary>Flushes and closes the file.</summary>
    /// <exception cref="CaptureException">Writing failed.</exception>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Closes the file after a failure. What was written stays; where no alert came, so does what the file held before.</summary>
    /// <exception cref="CaptureException">Writing failed.</exception>
    public void Abandon()
    {
        Withdraw();
        Dispose();
    }

    private protected abstract void Withdraw();

    private protected abstract void Dispose(bool disposing);
}
