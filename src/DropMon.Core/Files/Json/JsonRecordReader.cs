using System.Text.Json;

namespace DropMon.Files.Json;

/// <summary>Reads the lines of JSON Lines one by one, wherever they come from: alerts are returned, headers and ledgers kept.</summary>
/// <param name="origin">What to call the lines' origin in errors.</param>
/// <param name="isReplay">Whether the alerts are of the past, so that their source is Replay; otherwise each keeps the source that
/// delivered it.</param>
internal sealed class JsonRecordReader(string origin, bool isReplay)
{
    private readonly AlertJsonReader _alerts = new(isReplay);

    /// <summary>The header last read.</summary>
    public AlertFileHeader? Header { get; private set; }

    /// <summary>The ledger of losses last read.</summary>
    public DropLedger? Ledger { get; private set; }

    /// <summary>The computer that all alerts are of, whatever they and the header name; null to go by these.</summary>
    public string? ComputerName
    {
        get => _alerts.ComputerName;
        init => _alerts.ComputerName = value;
    }

    /// <summary>Reads a line.</summary>
    /// <returns>Its alert; null where it is a record of another kind.</returns>
    /// <exception cref="JsonException">It is neither.</exception>
    /// <exception cref="CaptureException">A later DropMon wrote it, in a schema that this one does not know.</exception>
    public DropAlert? Read(ReadOnlySpan<byte> line, long offset)
    {
        DropAlert? alert = _alerts.Read(line);
        switch (_alerts.RecordKind)
        {
            case HeaderJson.Kind:
                TakeHeader(HeaderJson.Read(line), offset);
                break;
            case LedgerJson.Kind:
                Ledger = LedgerJson.Read(line);
                break;
        }

        return alert;
    }

    private void TakeHeader(AlertFileHeader header, long offset)
    {
        if (header.Version > AlertFileHeader.CurrentVersion)
        {
            throw CaptureException.VersionUnsupported(origin, offset, header.Version, AlertFileHeader.CurrentVersion);
        }

        Header = header;
        _alerts.DefaultComputerName = header.ComputerName == Environment.MachineName ? null : header.ComputerName;
    }
}
