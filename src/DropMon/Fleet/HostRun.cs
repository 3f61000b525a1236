using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Remoting;
using System.Management.Automation.Runspaces;

namespace DropMon.Commands;

/// <summary>One computer of a fleet: connects, finds or copies the module, runs the call, and leaves nothing behind.</summary>
/// <param name="host">The computer.</param>
/// <param name="call">What to run.</param>
/// <param name="archive">The module, where it may be copied; else null.</param>
/// <param name="post">Takes what the computer says. It may block while the reader is slow, and the computer with it.</param>
internal sealed class HostRun(HostConnection host, FleetCall call, Lazy<byte[]>? archive, Action<HostMessage> post)
{
    // For what happens at the end, when nobody waits any more.
    private static readonly TimeSpan CleanupTime = TimeSpan.FromSeconds(5);

    /// <summary>Runs it. Failures are posted, never thrown.</summary>
    /// <param name="connectors">Where New-PSSession runs.</param>
    /// <param name="cancel">Stops the far side, then ends.</param>
    public async Task RunAsync(RunspacePool connectors, CancellationToken cancel)
    {
        try
        {
            using Runspace runspace = (await ConnectAsync(connectors, cancel).ConfigureAwait(false)).Runspace;
            try
            {
                await RunThereAsync(runspace, cancel).ConfigureAwait(false);
            }
            catch (Exception error) when (IsOfConnection(error, runspace))
            {
                throw HostException.Lost(host, error);
            }
        }
        catch (OperationCanceledException)
        {
            // Whoever cancelled knows.
        }
        catch (HostException error)
        {
            post(new HostError(host, error.ToErrorRecord(host.Name)));
        }
        catch (RuntimeException error)
        {
            post(new HostError(host, error.ErrorRecord.ToErrorRecord(host)));
        }
        catch (Exception error) when (error is PSInvalidOperationException or InvalidOperationException)
        {
            post(new HostError(host, HostException.Failed(host, error).ToErrorRecord(host.Name)));
        }
        finally
        {
            post(new HostEnded(host));
        }
    }

    // The call may learn that the connection broke before the runspace says so.
    private static bool IsOfConnection(Exception error, Runspace runspace) =>
        error is PSRemotingTransportException or PSRemotingDataStructureException
            || (error is not OperationCanceledException && runspace.RunspaceStateInfo.State != RunspaceState.Opened);

    private async Task<PSSession> ConnectAsync(RunspacePool connectors, CancellationToken cancel)
    {
        using var shell = PowerShell.Create();
        shell.RunspacePool = connectors;
        shell.Add(FleetScript.Connect, ("Connection", host.Parameters));
        try
        {
            PSDataCollection<PSObject> sessions = await shell.RunAsync(cancel).ConfigureAwait(false);
            return sessions.Count == 1 && sessions[0].BaseObject is PSSession session ? session : throw HostException.Unreachable(host, null);
        }
        catch (RuntimeException error)
        {
            throw HostException.Unreachable(host, error);
        }
    }

    private async Task RunThereAsync(Runspace runspace, CancellationToken cancel)
    {
        string? copy = null;
        try
        {
            (bool isUsable, string? version) = await FindModuleAsync(runspace, null, cancel).ConfigureAwait(false);
            if (!isUsable)
            {
                copy = await CopyModuleAsync(runspace, version, cancel).ConfigureAwait(false);
                await FindModuleAsync(runspace, $"{copy}/DropMon.psd1", cancel).ConfigureAwait(false);
            }

            await InvokeAsync(runspace, cancel).ConfigureAwait(false);
        }
        finally
        {
            if (copy is not null && runspace.RunspaceStateInfo.State == RunspaceState.Opened)
            {
                await RemoveModuleAsync(runspace, copy).ConfigureAwait(false);
            }
        }
    }

    private static async Task<(bool IsUsable, string? Version)> FindModuleAsync(Runspace runspace, string? path, CancellationToken cancel)
    {
        using PowerShell shell = On(runspace).Add(FleetScript.FindModule, ("Path", path));
        PSDataCollection<PSObject> found = await shell.RunAsync(cancel).ConfigureAwait(false);
        return found.Count == 1 && found[0].BaseObject is Hashtable module ? (module["CanRelay"] is true, $"{module["Version"]}") : (false, null);
    }

    private async Task<string> CopyModuleAsync(Runspace runspace, string? version, CancellationToken cancel)
    {
        if (archive is null)
        {
            throw version is null ? HostException.ModuleMissing(host) : HostException.ModuleTooOld(host, version);
        }

        using PowerShell shell = On(runspace).Add(FleetScript.CopyModule, ("Archive", archive.Value));
        PSDataCollection<PSObject> folder = await shell.RunAsync(cancel).ConfigureAwait(false);
        post(new HostVerbose(host, $"The module was copied to {folder[0]} for this session."));
        return $"{folder[0]}";
    }

    private async Task RemoveModuleAsync(Runspace runspace, string folder)
    {
        using var patience = new CancellationTokenSource(CleanupTime);
        using PowerShell shell = On(runspace).Add(FleetScript.RemoveModule, ("Folder", folder));
        try
        {
            await shell.RunAsync(patience.Token).ConfigureAwait(false);
        }
        catch (Exception error) when (error is RuntimeException or OperationCanceledException or InvalidOperationException)
        {
            post(new HostWarning(host, $"The copy of the module could not be removed: {folder}"));
        }
    }

    private async Task InvokeAsync(Runspace runspace, CancellationToken cancel)
    {
        using PowerShell shell = On(runspace).Add(FleetScript.InvokeCommand, ("Command", call.Command), ("Arguments", call.Arguments));
        using var output = new PSDataCollection<PSObject>();
        var answer = new HostAnswer(host, call.Command is null ? null : new HostObjects(host, call.Kinds), post);
        output.DataAdded += (_, _) => answer.Take(output.ReadAll());
        PSDataStreams streams = shell.Streams;
        streams.Warning.DataAdded += (_, _) => Post(streams.Warning.ReadAll(), record => new HostWarning(host, record.Message));
        streams.Verbose.DataAdded += (_, _) => Post(streams.Verbose.ReadAll(), record => new HostVerbose(host, record.Message));
        streams.Error.DataAdded += (_, _) => Post(streams.Error.ReadAll(), record => new HostError(host, record.ToErrorRecord(host)));
        await shell.RunAsync(output, cancel).ConfigureAwait(false);
        answer.Complete();
    }

    private void Post<T>(IEnumerable<T> records, Func<T, HostMessage> message)
    {
        foreach (T record in records)
        {
            post(message(record));
        }
    }

    private static PowerShell On(Runspace runspace)
    {
        var shell = PowerShell.Create();
        shell.Runspace = runspace;
        return shell;
    }
}
