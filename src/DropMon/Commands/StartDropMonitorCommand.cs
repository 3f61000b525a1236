using System.Management.Automation;
using DropMon.Monitoring;
using DropMon.Output;
using DropMon.Sessions;

namespace DropMon.Commands;

/// <summary>Starts a monitor in the background. It keeps the newest alerts for Get-NetDrop.</summary>
[Cmdlet(VerbsLifecycle.Start, "DropMonitor", SupportsShouldProcess = true)]
[OutputType(typeof(DropMonitorStatus))]
public sealed class StartDropMonitorCommand : DropCommand
{
    /// <summary>How many alerts to keep, the newest.</summary>
    [Parameter]
    [ValidateRange(1, 100_000_000)]
    public int Capacity { get; set; } = DropMonitorOptions.DefaultCapacity;

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (!ShouldProcess("the kernel's drop notification", "Start monitoring"))
        {
            return;
        }

        using var log = new LogOutput(this);
        try
        {
            DropMonitorStatus status = SessionMonitor.Start(this, CreateOptions() with { Capacity = Capacity, KeepsNewest = true });
            log.Write();
            new SessionOutput(this).Describe(status);
            WriteObject(CmdletText.Of(status));
        }
        catch (DropMonException error)
        {
            log.Write();
            Fail(error);
        }
    }
}
