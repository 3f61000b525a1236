using System.Management.Automation;
using DropMon.Monitoring;
using DropMon.Output;

namespace DropMon.Commands;

/// <summary>Stops this session's monitor and leaves the kernel as it was.</summary>
[Cmdlet(VerbsLifecycle.Stop, "DropMonitor", SupportsShouldProcess = true)]
[OutputType(typeof(DropMonitorStatus))]
public sealed class StopDropMonitorCommand : PSCmdlet
{
    /// <summary>Returns the monitor's last status.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (SessionMonitor.Of(this) is not { } session)
        {
            WriteWarning("No monitor is running in this session, so there is nothing to stop.");
            return;
        }

        if (!ShouldProcess("the kernel's drop notification", "Stop monitoring"))
        {
            return;
        }

        DropMonitorStatus status = session.Stop();
        WriteVerbose($"Ledger: {status.Ledger}.");
        if (status.Ledger.DescribeLoss() is { } loss)
        {
            WriteWarning(CmdletText.Of(loss));
        }

        if (PassThru)
        {
            WriteObject(CmdletText.Of(status));
        }
    }
}
