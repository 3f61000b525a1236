using System.Management.Automation;

namespace DropMon.Commands;

/// <summary>Runs a PowerShell without holding a thread.</summary>
internal static class FleetShell
{
    /// <summary>Runs it to its end and returns what it put out.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled, and has stopped.</exception>
    /// <exception cref="RuntimeException">It failed.</exception>
    public static async Task<PSDataCollection<PSObject>> RunAsync(this PowerShell shell, CancellationToken cancel)
    {
        var output = new PSDataCollection<PSObject>();
        await shell.RunAsync(output, cancel).ConfigureAwait(false);
        return output;
    }

    /// <inheritdoc cref="RunAsync(PowerShell, CancellationToken)"/>
    /// <param name="shell">The PowerShell.</param>
    /// <param name="output">Receives what it puts out, as it comes.</param>
    /// <param name="cancel">Stops it.</param>
    public static async Task RunAsync(this PowerShell shell, PSDataCollection<PSObject> output, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        using var input = new PSDataCollection<PSObject>();
        input.Complete();
        Task run = Task.Factory.FromAsync(shell.BeginInvoke(input, output), shell.EndInvoke);
        using CancellationTokenRegistration stop = cancel.Register(() => shell.BeginStop(null, null));
        try
        {
            await run.ConfigureAwait(false);
        }
        catch (PipelineStoppedException error)
        {
            throw new OperationCanceledException(error.Message, error, cancel);
        }

        cancel.ThrowIfCancellationRequested();
    }
}
