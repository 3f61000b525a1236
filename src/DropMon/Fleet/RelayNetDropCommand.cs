using System.Management.Automation;
using System.Text;
using DropMon.Files;
using DropMon.Files.Json;

namespace DropMon.Commands;

/// <summary>
/// The far side of Watch-NetDrop -HostName: puts out alerts as JSON Lines, a string for each batch, the ledger of losses at the end. The
/// module does not export it.
/// </summary>
[Cmdlet(VerbsCommunications.Send, "NetDrop")]
[OutputType(typeof(string))]
public sealed class RelayNetDropCommand : StreamingCommand
{
    private readonly MemoryStream _lines = new();
    private JsonLinesWriter? _writer;

    /// <summary>How long; until stopped if not given.</summary>
    [Parameter]
    [Seconds]
    public TimeSpan? Duration { get; set; }

    /// <summary>The maximum number of alerts.</summary>
    [Parameter]
    public long? Count { get; set; }

    /// <inheritdoc/>
    protected override void EndProcessing() => Stream(Duration, Count);

    /// <inheritdoc/>
    private protected override void Describe(DropMonitorStatus status)
    {
        base.Describe(status);
        _writer = new JsonLinesWriter(_lines, "the relay", AlertFileHeader.ForThisMachine(status.Source));
        WriteLines();
    }

    /// <inheritdoc/>
    private protected override void Emit(ReadOnlySpan<DropAlert> alerts)
    {
        foreach (DropAlert alert in alerts)
        {
            _writer!.Write(alert);
        }

        WriteLines();
    }

    /// <inheritdoc/>
    private protected override void Report(DropLedger ledger)
    {
        _writer!.WriteLedger(ledger);
        WriteLines();
    }

    private void WriteLines()
    {
        _writer!.Flush();
        if (_lines.Length > 0)
        {
            WriteObject(Encoding.UTF8.GetString(_lines.GetBuffer(), 0, (int)_lines.Length));
            _lines.SetLength(0);
        }
    }
}
