namespace DropMon.Cli.Watch;

/// <summary>Shows alerts on standard output.</summary>
internal interface IAlertView : IDisposable
{
    /// <summary>Says what the source is and what to know of it.</summary>
    void Begin(DropMonitorStatus status);

    /// <summary>Shows alerts that came together, at once.</summary>
    void Show(ReadOnlySpan<DropAlert> alerts);

    /// <summary>Says what became of the alerts.</summary>
    void End(DropMonitorStatus status);
}
