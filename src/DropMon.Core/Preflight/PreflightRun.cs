using DropMon.Machine;
using DropMon.Monitoring.Preflight;
using DropMon.Preflight.Checks;
using DropMon.Sources;

namespace DropMon.Preflight;

/// <summary>Looks at all that DropMon needs, and proves by a drop of its own that it would see one.</summary>
public static class PreflightRun
{
    private static readonly TimeSpan ToolLimit = TimeSpan.FromSeconds(5);

    // Emulated and overloaded machines take their time; on others the drop is there in milliseconds.
    private static readonly TimeSpan DefaultPatience = TimeSpan.FromSeconds(20);

    /// <summary>Runs every check. The drop monitor and the tracepoint are used for a moment each, and left as they were found.</summary>
    /// <param name="onResult">Told of each result as it comes; null for nobody.</param>
    /// <param name="patience">How long to wait for a control drop; null for twenty seconds.</param>
    public static PreflightReport Run(Action<PreflightResult>? onResult = null, TimeSpan? patience = null) =>
        Run(new PreflightContext(new LocalMachine(ToolLimit)), onResult, patience ?? DefaultPatience);

    internal static PreflightReport Run(PreflightContext context, Action<PreflightResult>? onResult, TimeSpan patience)
    {
        var netDm = new ControlDropCheck(DropSourceChoice.NetDm, patience);
        var tracepoint = new ControlDropCheck(DropSourceChoice.Tracepoint, patience);
        var results = new List<PreflightResult>();
        foreach (IPreflightCheck check in (IPreflightCheck[])[.. Conditions, netDm, tracepoint])
        {
            PreflightResult result = RunOne(check, context);
            results.Add(result);
            onResult?.Invoke(result);
        }

        // Monitoring takes the first that opens: what it then does not see, nobody sees.
        ControlDropCheck? used = netDm.IsOpen ? netDm : tracepoint.IsOpen ? tracepoint : null;
        return new PreflightReport(
            results,
            used is null ? null : used == netDm ? DropSourceKind.NetDm : DropSourceKind.Tracepoint,
            used is { IsSeen: true },
            used is null && netDm.OpenError is { } first && tracepoint.OpenError is { } second ? new NoSourceException(first, second) : null);
    }

    private static IPreflightCheck[] Conditions =>
    [
        new CapabilitiesCheck(), new NetworkNamespaceCheck(), new DropMonitorCheck(), new DropMonitorStateCheck(), new TraceFsCheck(), new TracepointCheck(),
        new PerfEventParanoidCheck(), new IdleCpuRecordCheck(), new KernelSymbolsCheck(), new SourceLinesCheck(), new BtfCheck(), new LockdownCheck(), new ReceiveBufferCheck(), new OwnershipRecordCheck(),
    ];

    // A check that cannot even look is a finding, and no reason to keep back the others.
    private static PreflightResult RunOne(IPreflightCheck check, PreflightContext context)
    {
        try
        {
            return check.Run(context);
        }
        catch (DropMonException error)
        {
            return new PreflightResult(check.Name, PreflightStatus.Failed, error.Message, error.Remedy);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return new PreflightResult(check.Name, PreflightStatus.Failed, error.Message);
        }
    }
}
