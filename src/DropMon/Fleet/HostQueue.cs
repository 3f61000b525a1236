using System.Diagnostics.CodeAnalysis;

namespace DropMon.Fleet;

/// <summary>
/// What computers say, on its way to the pipeline's thread, in bounded memory. A computer that finds no room waits, and what it sends
/// meanwhile waits on its own side.
/// </summary>
/// <param name="capacity">Bytes of memory. One message always finds room.</param>
internal sealed class HostQueue(long capacity)
{
    private readonly object _gate = new();
    private readonly Queue<HostMessage> _messages = new();
    private long _held;
    private bool _isComplete;
    private bool _isClosed;

    /// <summary>Whether no message will come any more.</summary>
    public bool IsEnded
    {
        get
        {
            lock (_gate)
            {
                return _isClosed || (_isComplete && _messages.Count == 0);
            }
        }
    }

    /// <summary>Puts a message in, when there is room; without effect once it is closed.</summary>
    public void Add(HostMessage message)
    {
        lock (_gate)
        {
            while (!_isClosed && _messages.Count > 0 && _held + message.Cost > capacity)
            {
                Monitor.Wait(_gate);
            }

            if (!_isClosed)
            {
                _messages.Enqueue(message);
                _held += message.Cost;
                Monitor.PulseAll(_gate);
            }
        }
    }

    /// <summary>Takes the next message.</summary>
    /// <returns>False when none came in time, or none will.</returns>
    public bool TryTake(TimeSpan patience, [NotNullWhen(true)] out HostMessage? message)
    {
        long deadline = patience == Timeout.InfiniteTimeSpan ? long.MaxValue : Environment.TickCount64 + (long)patience.TotalMilliseconds;
        lock (_gate)
        {
            while (_messages.Count == 0 && !_isComplete && !_isClosed)
            {
                long left = deadline == long.MaxValue ? Timeout.Infinite : deadline - Environment.TickCount64;
                if ((left <= 0 && left != Timeout.Infinite) || !Monitor.Wait(_gate, (int)Math.Min(left, int.MaxValue)))
                {
                    break;
                }
            }

            if (_isClosed || !_messages.TryDequeue(out message))
            {
                message = null;
                return false;
            }

            _held -= message.Cost;
            Monitor.PulseAll(_gate);
            return true;
        }
    }

    /// <summary>No more will be put in.</summary>
    public void Complete()
    {
        lock (_gate)
        {
            _isComplete = true;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>No messages are taken any more: what is there goes, and what waits goes on.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _isClosed = true;
            _messages.Clear();
            Monitor.PulseAll(_gate);
        }
    }
}
