using DropMon.Sources;

namespace DropMon.Sessions;

/// <summary>
/// From raw drop to listeners, on the source's thread: finds the site, offers the drop to each listener, and builds its alert at most once,
/// when the first of them wants it. Listeners come and go on other threads: the list is copied when it changes and never locked to be read.
/// </summary>
internal sealed class SessionDispatcher(DropSiteTable sites, RawDropNames names) : IRawDropConsumer
{
    private readonly object _gate = new();
    private volatile SessionListener[] _listeners = [];
    private bool _isCompleted;
    private long _received;

    /// <summary>Alerts that came from the source.</summary>
    public long Received => Interlocked.Read(ref _received);

    public void Add(SessionListener listener)
    {
        lock (_gate)
        {
            if (_isCompleted)
            {
                listener.Complete();
            }
            else
            {
                _listeners = [.. _listeners, listener];
            }
        }
    }

    /// <summary>Takes a listener out. The source's thread may be about to offer it one more drop.</summary>
    /// <returns>False where it was not among them, or all have been completed.</returns>
    public bool Remove(SessionListener listener)
    {
        lock (_gate)
        {
            int before = _listeners.Length;
            _listeners = Array.FindAll(_listeners, other => other != listener);
            return _listeners.Length < before && !_isCompleted;
        }
    }

    public void Consume(in RawDrop drop)
    {
        _received++;
        NumberedSite site = sites.Find(in drop);
        SessionListener[] listeners = _listeners;
        DropAlert? alert = null;
        for (int i = 0; i < listeners.Length; i++)
        {
            listeners[i].Offer(in drop, site, names, ref alert);
        }
    }

    public void EndBatch()
    {
        bool processesChanged = names.Refresh();
        foreach (SessionListener listener in _listeners)
        {
            listener.EndBatch(processesChanged);
        }
    }

    public void NoteWarning() => Array.ForEach(_listeners, listener => listener.NoteWarning());

    public void Complete()
    {
        lock (_gate)
        {
            _isCompleted = true;
            Array.ForEach(_listeners, listener => listener.Complete());
        }
    }
}
