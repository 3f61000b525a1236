using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Management.Automation.Runspaces;

namespace DropMon.Commands;

/// <summary>Runs a call on the computers of a fleet, so many at a time, and hands on what they say.</summary>
internal sealed class FleetRun : IDisposable
{
    // Batches of alerts, not alerts. A reader that is slower than the fleet slows the fleet down, whose own buffers count what they lose.
    private const int MostMessages = 256;

    // A computer that was cut off cannot say that it has stopped.
    private static readonly TimeSpan MostStopTime = TimeSpan.FromSeconds(10);

    private readonly BlockingCollection<HostMessage> _messages = new(MostMessages);
    private readonly CancellationTokenSource _cancel = new();
    private readonly RunspacePool _connectors;
    private readonly Task _run;
    private bool _isDisposed;

    private FleetRun(IReadOnlyList<HostConnection> hosts, FleetParameters parameters, FleetCall call)
    {
        HostCount = hosts.Count;
        int limit = Math.Min(parameters.ThrottleLimit, hosts.Count);
        _connectors = RunspaceFactory.CreateRunspacePool(InitialSessionState.CreateDefault2());
        _connectors.SetMaxRunspaces(limit);
        _connectors.Open();
        Lazy<byte[]>? archive = parameters.CopyModule ? new Lazy<byte[]>(ModuleArchive.Create) : null;
        _run = Task.Run(() => RunAsync(hosts, limit, host => new HostRun(host, call, archive, Post)));
    }

    /// <summary>Begins.</summary>
    /// <param name="parameters">Which computers.</param>
    /// <param name="call">What to run there.</param>
    /// <param name="isEndless">Whether the call ends only when it is stopped.</param>
    /// <exception cref="FleetOptionException">The parameters cannot work.</exception>
    public static FleetRun Start(FleetParameters parameters, FleetCall call, bool isEndless = false)
    {
        IReadOnlyList<HostConnection> hosts = parameters.Hosts();
        return isEndless && hosts.Count > parameters.ThrottleLimit
            ? throw new FleetOptionException($"{hosts.Count} computers would be watched without end, but only {parameters.ThrottleLimit} at a time: the others would wait for ever.", $"-ThrottleLimit {hosts.Count}, or -Duration")
            : new FleetRun(hosts, parameters, call);
    }

    /// <summary>How many computers.</summary>
    public int HostCount { get; }

    /// <summary>Whether all have ended and all that they said was taken, or the fleet was stopped.</summary>
    public bool IsEnded => _messages.IsCompleted || _cancel.IsCancellationRequested;

    /// <summary>Takes the next message.</summary>
    /// <param name="patience">How long to wait for it.</param>
    /// <param name="message">The message.</param>
    /// <returns>False when none came in time, or none will.</returns>
    public bool TryTake(TimeSpan patience, [NotNullWhen(true)] out HostMessage? message)
    {
        try
        {
            return _messages.TryTake(out message, (int)patience.TotalMilliseconds, _cancel.Token);
        }
        catch (OperationCanceledException)
        {
            message = null;
            return false;
        }
    }

    /// <summary>Stops the fleet: the sources are turned off everywhere. From any thread, more than once.</summary>
    public void Cancel()
    {
        try
        {
            _cancel.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It has ended by itself in the meantime.
        }
    }

    /// <summary>Stops the fleet and waits until it has stopped; of computers that do not answer, not for long.</summary>
    public void Dispose()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        Cancel();
        if (_run.Wait(MostStopTime))
        {
            Release();
        }
        else
        {
            // ssh gives up on them by itself, and then the rest goes too.
            _run.ContinueWith(_ => Release(), TaskScheduler.Default);
        }
    }

    private async Task RunAsync(IReadOnlyList<HostConnection> hosts, int limit, Func<HostConnection, HostRun> create)
    {
        using var places = new SemaphoreSlim(limit);
        try
        {
            await Task.WhenAll(hosts.Select(RunOneAsync)).ConfigureAwait(false);
        }
        finally
        {
            _messages.CompleteAdding();
        }

        async Task RunOneAsync(HostConnection host)
        {
            await places.WaitAsync().ConfigureAwait(false);
            try
            {
                await create(host).RunAsync(_connectors, _cancel.Token).ConfigureAwait(false);
            }
            finally
            {
                places.Release();
            }
        }
    }

    private void Post(HostMessage message)
    {
        try
        {
            _messages.Add(message, _cancel.Token);
        }
        catch (OperationCanceledException)
        {
            // Nobody takes messages any more.
        }
    }

    private void Release()
    {
        _connectors.Dispose();
        _messages.Dispose();
        _cancel.Dispose();
    }
}
