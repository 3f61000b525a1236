using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using DropMon.Commands;
using DropMon.Sessions;

namespace DropMon.Monitoring;

/// <summary>
/// The monitor that runs in the background of one session (runspace). The module's private data holds it, so it lives as
/// long as the module is imported there; the end of the session ends it.
/// </summary>
internal sealed class SessionMonitor
{
    private const string Key = "SessionMonitor";

    private readonly Hashtable _home;
    private readonly Runspace? _runspace;

    private SessionMonitor(DropMonitor monitor, Hashtable home, Runspace? runspace)
    {
        Monitor = monitor;
        _home = home;
        _runspace = runspace;
        if (runspace is not null)
        {
            runspace.StateChanged += OnRunspaceStateChanged;
        }
    }

    public DropMonitor Monitor { get; }

    /// <summary>The session's monitor; null where none runs.</summary>
    public static SessionMonitor? Of(PSCmdlet cmdlet) => Of(cmdlet.MyInvocation.MyCommand.Module);

    /// <inheritdoc cref="Of(PSCmdlet)"/>
    public static SessionMonitor? Of(PSModuleInfo? module) => (module?.PrivateData as Hashtable)?[Key] as SessionMonitor;

    /// <summary>The monitor of the session that this thread runs in, for what is no cmdlet.</summary>
    public static SessionMonitor? OfThisSession()
    {
        using var shell = PowerShell.Create(RunspaceMode.CurrentRunspace);
        return shell.AddCommand("Get-Module")
            .AddParameter("Name", "DropMon")
            .Invoke<PSModuleInfo>()
            .Select(Of)
            .OfType<SessionMonitor>()
            .FirstOrDefault();
    }

    /// <summary>Starts the session's monitor.</summary>
    /// <exception cref="DropMonException">A monitor is already running, or no source is available.</exception>
    public static DropMonitorStatus Start(PSCmdlet cmdlet, DropMonitorOptions options)
    {
        if (Of(cmdlet) is not null)
        {
            throw new MonitorAlreadyRunningException();
        }

        PSModuleInfo module = cmdlet.MyInvocation.MyCommand.Module;
        if (module.PrivateData is not Hashtable home)
        {
            home = [];
            module.PrivateData = home;
        }

        DropMonitor monitor = DropMonitor.Start(options, SessionSources.Of(cmdlet));
        home[Key] = new SessionMonitor(monitor, home, Runspace.DefaultRunspace);
        return monitor.GetStatus();
    }

    /// <summary>Stops it, leaves the kernel as it was, and forgets the alerts.</summary>
    /// <returns>The last status.</returns>
    public DropMonitorStatus Stop()
    {
        _home.Remove(Key);
        if (_runspace is not null)
        {
            _runspace.StateChanged -= OnRunspaceStateChanged;
        }

        Monitor.Stop();
        return Monitor.GetStatus();
    }

    private void OnRunspaceStateChanged(object? sender, RunspaceStateEventArgs e)
    {
        if (e.RunspaceStateInfo.State is RunspaceState.Closing or RunspaceState.Closed or RunspaceState.Broken)
        {
            Stop();
        }
    }
}
