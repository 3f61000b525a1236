using System.Management.Automation;

namespace DropMon.Commands;

/// <summary>What a computer of the fleet has to say, on its way to the pipeline's thread.</summary>
/// <param name="Host">The computer.</param>
internal abstract record HostMessage(HostConnection Host);

/// <summary>It is ready and has begun.</summary>
internal sealed record HostBegan(HostConnection Host) : HostMessage(Host);

/// <summary>Alerts, in the order in which they came.</summary>
internal sealed record HostAlerts(HostConnection Host, IReadOnlyList<DropAlert> Alerts) : HostMessage(Host);

/// <summary>Any other object that the cmdlet put out there.</summary>
internal sealed record HostObject(HostConnection Host, PSObject Value) : HostMessage(Host);

/// <summary>What it knows to be lost.</summary>
internal sealed record HostLedger(HostConnection Host, DropLedger Ledger) : HostMessage(Host);

/// <summary>A warning.</summary>
internal sealed record HostWarning(HostConnection Host, string Text) : HostMessage(Host);

/// <summary>A line of its -Verbose.</summary>
internal sealed record HostVerbose(HostConnection Host, string Text) : HostMessage(Host);

/// <summary>An error, after which it may go on.</summary>
internal sealed record HostError(HostConnection Host, ErrorRecord Error) : HostMessage(Host);

/// <summary>It has ended, well or not.</summary>
internal sealed record HostEnded(HostConnection Host) : HostMessage(Host);
