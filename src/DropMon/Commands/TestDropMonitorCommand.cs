using System.Management.Automation;
using DropMon.Monitoring;
using DropMon.Monitoring.Preflight;
using DropMon.Output;
using DropMon.Preflight;

namespace DropMon.Commands;

/// <summary>Tests all that monitoring needs, and proves by a harmless drop of its own on loopback that it would see one.</summary>
[Cmdlet(VerbsDiagnostic.Test, "DropMonitor")]
[OutputType(typeof(PreflightResult))]
[OutputType(typeof(bool))]
public sealed class TestDropMonitorCommand : PSCmdlet
{
    /// <summary>Returns only whether monitoring works.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        using var log = new LogOutput(this);
        PreflightReport report = PreflightRun.Run(SessionSources.Of(this), Show);
        log.Write();
        if (Quiet)
        {
            WriteObject(report.CanMonitor);
        }
        else if (!report.CanMonitor)
        {
            WriteWarning(report.Failure is { } failure
                ? $"Monitoring would fail. {CmdletText.Of(failure.Message)}"
                : $"Monitoring with {report.Source} starts, but nothing proves that it sees drops. " +
                    $"{CmdletText.Of(report.Results.Last(result => result.Name == ControlDropCheck.Prefix + report.Source).Detail)}");
        }
    }

    private void Show(PreflightResult found)
    {
        PreflightResult result = CmdletText.Of(found);
        WriteVerbose($"{result.Name}: {result.Status}. {result.Detail}");
        if (!Quiet)
        {
            WriteObject(result);
        }
    }
}
