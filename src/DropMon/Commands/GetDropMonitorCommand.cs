using System.Management.Automation;
using DropMon.Monitoring;
using DropMon.Output;

namespace DropMon.Commands;

/// <summary>Gets the status of this session's monitor: its source, since when, what was delivered and what was lost, by cause.</summary>
[Cmdlet(VerbsCommon.Get, "DropMonitor")]
[OutputType(typeof(DropMonitorStatus))]
public sealed class GetDropMonitorCommand : PSCmdlet
{
    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (SessionMonitor.Of(this)?.Monitor is { } monitor)
        {
            WriteObject(CmdletText.Of(monitor.GetStatus()));
        }
        else
        {
            WriteVerbose("No monitor is running in this session. Start-DropMonitor starts one.");
        }
    }
}
