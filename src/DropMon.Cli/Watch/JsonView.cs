using DropMon.Files.Json;

namespace DropMon.Cli.Watch;

/// <summary>JSON Lines: an alert a line, the ledger of losses as the last.</summary>
internal sealed class JsonView(Stream output) : IAlertView
{
    private readonly JsonLinesWriter _writer = new(output, "standard output", header: null, packet: true);

    public void Begin(DropMonitorStatus status)
    {
    }

    public void Show(ReadOnlySpan<DropAlert> alerts)
    {
        foreach (DropAlert alert in alerts)
        {
            _writer.Write(alert);
        }

        _writer.Flush();
    }

    public void End(DropMonitorStatus status)
    {
        _writer.WriteLedger(status.Ledger);
        _writer.Flush();
    }

    public void Dispose() => _writer.Dispose();
}
