using System.Management.Automation;
using DropMon.Output;

namespace DropMon.Pipeline;

/// <summary>What takes the alerts of an <see cref="AlertStream"/>, on the pipeline's thread.</summary>
internal interface IAlertSink
{
    /// <summary>The source is open.</summary>
    void Begin(DropMonitorStatus status);

    /// <summary>Alerts came.</summary>
    void Write(ReadOnlySpan<DropAlert> alerts);

    /// <summary>All warnings so far, also those of earlier calls.</summary>
    void Warn(IReadOnlyList<string> warnings);

    /// <summary>The source has ended.</summary>
    void End(DropLedger ledger);
}

/// <summary>Sends each alert down the pipeline.</summary>
internal sealed class ObjectSink(Cmdlet cmdlet, SessionOutput output) : IAlertSink
{
    public void Begin(DropMonitorStatus status) => output.Describe(status);

    public void Write(ReadOnlySpan<DropAlert> alerts)
    {
        foreach (DropAlert alert in alerts)
        {
            cmdlet.WriteObject(alert);
        }
    }

    public void Warn(IReadOnlyList<string> warnings) => output.WarnOfNews(warnings);

    public void End(DropLedger ledger) => output.Report(ledger);
}
