using System.Diagnostics.CodeAnalysis;
using DropMon.Commands;

namespace DropMon.Fleet;

/// <summary>Runs a call on the computers of a fleet, a limited number at a time, and hands on what they say.</summary>
internal sealed class FleetRun : IDisposable
{
    // Of all computers. One that finds no room waits, and its own buffer counts what is lost meanwhile.
    private const long MostHeld = 8 * 1024 * 1024;

    // A computer that was cut off cannot say that it has stopped.
    private static readonly TimeSpan MostStopTime = TimeSpan.FromSeconds(10);

    private readonly HostQueue _messages = new(MostHeld);
    private readonly CancellationTokenSource _cancel = new();
    private readonly Task _run;
    private bool _isDisposed;

    private FleetRun(IReadOnlyList<HostConnection> hosts, FleetParameters parameters, FleetCall call)
    {
        HostCount = hosts.Count;
        int limit = Math.Min(parameters.ThrottleLimit, hosts.Count);
        Lazy<string>? archive = parameters.CopyModule ? new Lazy<string>(() => Convert.ToBase64String(ModuleArchive.Create())) : null;
        _run = Task.Run(() => RunAsync(hosts, limit, host => new HostRun(host, call, archive, _messages.Add)));
    }

    /// <summary>Begins.</summary>
    /// <param name="hosts">The computers.</param>
    /// <param name="parameters">How many at the same time, and whether the module may be copied.</param>
    /// <param name="call">What to run there.</param>
    /// <param name="isEndless">Whether the call ends only when it is stopped.</param>
    /// <exception cref="FleetOptionException">The parameters cannot work.</exception>
    public static FleetRun Start(IReadOnlyList<HostConnection> hosts, FleetParameters parameters, FleetCall call, bool isEndless = false) =>
        isEndless && hosts.Count > parameters.ThrottleLimit
            ? throw new FleetOptionException(
                $"{hosts.Count} computers would be watched without end, but only {parameters.ThrottleLimit} at a time: the others would "
                    + "wait for ever.",
                $"-ThrottleLimit {hosts.Count}, or -Duration")
            : new FleetRun(hosts, parameters, call);

    /// <summary>How many computers.</summary>
    public int HostCount { get; }

    /// <summary>Whether all have ended and all that they said was taken, or the fleet was stopped.</summary>
    public bool IsEnded => _messages.IsEnded;

    /// <summary>Takes the next message.</summary>
    /// <param name="patience">How long to wait for it.</param>
    /// <param name="message">The message.</param>
    /// <returns>False when none came in time, or none will.</returns>
    public bool TryTake(TimeSpan patience, [NotNullWhen(true)] out HostMessage? message) => _messages.TryTake(patience, out message);

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

        _messages.Close();
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
            _cancel.Dispose();
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
            _messages.Complete();
        }

        async Task RunOneAsync(HostConnection host)
        {
            await places.WaitAsync().ConfigureAwait(false);
            try
            {
                // A thread of its own: it mostly waits, for the computer or for the reader.
                await Task.Factory.StartNew(() => create(host).Run(_cancel.Token), CancellationToken.None, TaskCreationOptions.LongRunning,
                    TaskScheduler.Default).ConfigureAwait(false);
            }
            finally
            {
                places.Release();
            }
        }
    }
}
