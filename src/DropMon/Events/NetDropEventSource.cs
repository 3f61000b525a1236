using System.Management.Automation;
using DropMon.Sessions;
using DropMon.Sources;

namespace DropMon.Commands;

/// <summary>
/// What Register-NetDropEvent subscribes to: a monitor of its own whose drops become events. PowerShell takes the handler away when the
/// subscription or the session ends, whatever ended it; that stops the source.
/// </summary>
public sealed class NetDropEventSource : IDisposable
{
    /// <summary>The name of the event.</summary>
    public const string EventName = nameof(Dropped);

    // PowerShell's own queue of events has no bound: so one event holds a batch, none follows before an action took the last or a
    // while has passed, and without a consumer they become few and small. Meanwhile the monitor's buffer, which counts what it loses, holds
    // the rest.
    private const int BatchSize = 1000;
    private const int UnseenBatchSize = 100;
    private const int MostUnseen = 64;
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan UnseenPace = TimeSpan.FromSeconds(1);

    private readonly DropMonitor _monitor;
    private readonly Thread _thread;
    private readonly ManualResetEventSlim _next = new();
    private EventHandler<NetDropEventArgs>? _handlers;
    private int _unseen;
    private volatile bool _isEnded;

    private NetDropEventSource(DropMonitor monitor)
    {
        _monitor = monitor;
        _thread = new Thread(Dispatch) { IsBackground = true, Name = "DropMon events" };
    }

    /// <summary>Packets were dropped.</summary>
    public event EventHandler<NetDropEventArgs>? Dropped
    {
        add
        {
            _handlers += value;
            _thread.Start();
        }

        remove
        {
            _handlers -= value;
            Dispose();
        }
    }

    /// <summary>Opens a source.</summary>
    /// <exception cref="DropMonException">None is available.</exception>
    internal static NetDropEventSource Open(DropMonitorOptions options, SourceCatalog sources) => new(DropMonitor.Start(options, sources));

    /// <summary>Ends all subscriptions of a session to such sources.</summary>
    internal static void UnsubscribeAll(PSEventManager? events)
    {
        foreach (PSEventSubscriber subscriber in
            events?.Subscribers.Where(subscriber => subscriber.SourceObject is NetDropEventSource).ToArray() ?? [])
        {
            events!.UnsubscribeEvent(subscriber);
        }
    }

    /// <summary>What the source is and what became of the alerts.</summary>
    public DropMonitorStatus GetStatus() => _monitor.GetStatus();

    /// <summary>Stops the source and leaves the kernel as it was.</summary>
    public void Dispose()
    {
        _isEnded = true;
        _next.Set();
        _monitor.Stop();
    }

    private void Dispatch()
    {
        var batch = new DropAlert[BatchSize];
        try
        {
            while (!_isEnded)
            {
                int taken = _monitor.Take(
                    batch.AsSpan(0, Volatile.Read(ref _unseen) > MostUnseen ? UnseenBatchSize : BatchSize), Timeout.InfiniteTimeSpan);
                if (taken > 0)
                {
                    Raise(batch[..taken], null);
                }
                else if (_monitor.IsDrained)
                {
                    break;
                }
            }
        }
        catch (DropMonException error)
        {
            Raise([], error);
        }
    }

    private void Raise(DropAlert[] alerts, DropMonException? error)
    {
        int isSeen = 0;
        Interlocked.Increment(ref _unseen);
        _next.Reset();
        _handlers?.Invoke(this, new NetDropEventArgs(alerts, error, _monitor, Seen));
        if (!_isEnded)
        {
            _next.Wait(Volatile.Read(ref _unseen) > MostUnseen ? UnseenPace : Pace);
        }

        void Seen()
        {
            if (Interlocked.Exchange(ref isSeen, 1) == 0)
            {
                Interlocked.Decrement(ref _unseen);
                _next.Set();
            }
        }
    }
}
