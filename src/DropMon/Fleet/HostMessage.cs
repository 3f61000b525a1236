using System.Management.Automation;

namespace DropMon.Fleet;

/// <summary>What a computer of the fleet has to say, on its way to the pipeline's thread.</summary>
/// <param name="Host">The computer.</param>
internal abstract record HostMessage(HostConnection Host)
{
    /// <summary>Bytes of memory that it takes, at most and about.</summary>
    public virtual long Cost => 256;
}

/// <summary>It is ready and has begun.</summary>
internal sealed record HostBegan(HostConnection Host) : HostMessage(Host);

/// <summary>Alerts, in the order in which they came.</summary>
internal sealed record HostAlerts(HostConnection Host, IReadOnlyList<HostAlert> Alerts) : HostMessage(Host)
{
    /// <inheritdoc/>
    public override long Cost { get; } = Alerts.Sum(alert => alert.Cost);
}

/// <summary>An alert, and the bytes of memory that it takes.</summary>
internal readonly record struct HostAlert(DropAlert Alert, long Cost);

/// <summary>Any other object that the cmdlet put out there.</summary>
internal sealed record HostObject(HostConnection Host, PSObject Value, long Size) : HostMessage(Host)
{
    /// <inheritdoc/>
    public override long Cost => Size;
}

/// <summary>What it knows to be lost.</summary>
internal sealed record HostLedger(HostConnection Host, DropLedger Ledger) : HostMessage(Host);

/// <summary>A warning.</summary>
internal sealed record HostWarning(HostConnection Host, string Text) : HostMessage(Host)
{
    /// <inheritdoc/>
    public override long Cost => 256 + (2L * Text.Length);
}

/// <summary>A line of its -Verbose.</summary>
internal sealed record HostVerbose(HostConnection Host, string Text) : HostMessage(Host)
{
    /// <inheritdoc/>
    public override long Cost => 256 + (2L * Text.Length);
}

/// <summary>An error, after which it may go on.</summary>
internal sealed record HostError(HostConnection Host, ErrorRecord Error) : HostMessage(Host)
{
    /// <inheritdoc/>
    // Message and remedy, and the message once more in the exception.
    public override long Cost => 1024 + (2L * (
        Error.ErrorDetails.Message.Length + Error.ErrorDetails.RecommendedAction.Length + Error.Exception.Message.Length));
}

/// <summary>It has ended, well or not.</summary>
internal sealed record HostEnded(HostConnection Host) : HostMessage(Host);
