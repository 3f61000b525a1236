using DropMon.Machine;
using DropMon.Monitoring.Preflight;
using DropMon.Sources;
using DropMon.Text;

namespace DropMon.Preflight;

/// <summary>The positive control of one source.</summary>
internal sealed class ControlDropCheck(SourceDescriptor source, TimeSpan patience) : IPreflightCheck
{
    /// <summary>What the names of these checks begin with; the source's name follows.</summary>
    public const string Prefix = "ControlDrop";

    public string Name => Prefix + source.Name;

    /// <summary>The source.</summary>
    public SourceDescriptor Source => source;

    /// <summary>Whether the source could be opened; set by <see cref="Run"/>.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>Whether the drop arrived; set by <see cref="Run"/>.</summary>
    public bool IsSeen { get; private set; }

    /// <summary>Why the source could not be opened; set by <see cref="Run"/>.</summary>
    public DropMonException? OpenError { get; private set; }

    public PreflightResult Run(PreflightContext context)
    {
        ControlDrop.Outcome outcome = new ControlDrop(source, patience).Try();
        OpenError = outcome.OpenError;
        IsOpen = outcome.OpenError is null;
        IsSeen = outcome.Alert is not null;
        return outcome switch
        {
            { OpenError: { Kind: DropMonErrorKind.NotSupported } missing } =>
                new PreflightResult(Name, PreflightStatus.Skipped, missing.Message, missing.Remedy),
            { OpenError: { } error } => new PreflightResult(Name, PreflightStatus.Failed, error.Message, error.Remedy),
            { SendError: { } error } =>
                new PreflightResult(
                    Name, PreflightStatus.Skipped, $"No control drop was made, because sending to 127.0.0.1 failed: {error.Message}",
                    "ip link set lo up"),
            { Alert: { } alert } => Describe(alert, outcome),
            _ => new PreflightResult(Name, PreflightStatus.Failed,
                $"A datagram to a closed loopback port was dropped, but no alert arrived within {patience.TotalSeconds} seconds. Alerts " +
                $"received meanwhile: {outcome.Status!.Received}, lost: {outcome.Status.Lost}.",
                $"Look at the losses with {CommandId.Watch}; if there are none, report it with the output of {CommandId.DoctorReport}."),
        };
    }

    private PreflightResult Describe(DropAlert alert, ControlDrop.Outcome outcome)
    {
        string place = alert.Function is null ? $"at 0x{alert.Address:x}, whose function is unknown" : $"in {alert.Location}";
        string reason = alert.Reason is null ? "no reason given" : alert.Reason;
        string along = outcome.Status!.ListensAlong ? " Listening along with the drop monitor of another process." : "";
        var contents = new ControlDropContents(
            alert, source.ContentIn(outcome.Status.Mode ?? DropAlertMode.Packet), ControlDrop.Sent, OwnNetworkNamespace.ReadInode());
        string seen = $"Seen after {outcome.After.TotalMilliseconds:0} ms: {reason}, {place}.";
        (PreflightStatus status, string? detail, string? remedy) = contents.Wrong is { } wrong
            ? (PreflightStatus.Warning, $" Reported wrongly: {wrong}.", $"Report it with the output of {CommandId.DoctorReport}.")
            : alert.Function is null ? (PreflightStatus.Warning, null, "See KernelSymbols.")
            : (PreflightStatus.Passed, contents.Right is { } right ? $" Right: {right}." : null, (string?)null);
        return new PreflightResult(Name, status, seen + detail + along, remedy)
        {
            NullProperties = NullProperties.Of(alert, source),
        };
    }
}
