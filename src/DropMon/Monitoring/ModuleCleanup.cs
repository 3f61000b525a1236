using System.Management.Automation;
using System.Management.Automation.Runspaces;
using DropMon.Monitoring;

namespace DropMon.Commands;

/// <summary>Remove-Module stops the session's monitor and ends its subscriptions.</summary>
public sealed class ModuleCleanup : IModuleAssemblyCleanup
{
    /// <inheritdoc/>
    public void OnRemove(PSModuleInfo psModuleInfo)
    {
        SessionMonitor.Of(psModuleInfo)?.Stop();
        NetDropEventSource.UnsubscribeAll(Runspace.DefaultRunspace?.Events);
    }
}
