using DropMon.Logging;
using DropMon.Native;
using DropMon.Netlink;

namespace DropMon.Sources.NetDm;

/// <summary>
/// Holds the drop monitor on. The kernel's monitor is one global switch without an owner: what another process enabled is
/// left alone; what DropMon turned on is turned off, and its former configuration restored, by the last that uses it.
/// </summary>
internal sealed class NetDmSwitch : IDisposable
{
    private readonly NetDmClient _client;
    private readonly NetDmOwnership _ownership;
    private readonly INetDmListeners _listeners;
    private readonly NetDmOptions _options;
    private readonly List<string> _notes;
    private readonly NetDmParticipant? _participant;
    private readonly NetDmOwnershipRecord? _joined;
    private readonly object _releasing = new();
    private ExitGuard? _guard;
    private int _released;

    private NetDmSwitch(NetDmSwitchContext context, NetDmAcquisition acquisition)
    {
        (_client, _ownership, _listeners, _options) = context;
        _participant = acquisition.Participant;
        _joined = acquisition.Record;
        _notes = acquisition.Notes;
        Configuration = acquisition.Configuration;
    }

    /// <summary>The configuration in force.</summary>
    public NetDmConfiguration Configuration { get; }

    /// <summary>Whether a process other than DropMon enabled the drop monitor.</summary>
    public bool IsForeign => _participant is null;

    /// <summary>Whether it has been given back, perhaps by a signal while the source still runs.</summary>
    public bool IsReleased => Volatile.Read(ref _released) != 0;

    /// <summary>What was found and done, in sentences.</summary>
    public IReadOnlyList<string> Notes
    {
        get
        {
            lock (_notes)
            {
                return [.. _notes];
            }
        }
    }

    /// <summary>Turns the monitor on, or joins in if it is on.</summary>
    /// <exception cref="PrivilegeException">The caller lacks CAP_NET_ADMIN.</exception>
    public static NetDmSwitch Acquire(NetDmClient client, NetDmOptions options, INetDmListeners listeners) =>
        Acquire(new NetDmSwitchContext(client, new NetDmOwnership(NetDmOwnership.DefaultDirectory), listeners, options));

    internal static NetDmSwitch AcquireLocked(
        NetDmClient client, NetDmOptions options, NetDmOwnership ownership, INetDmListeners listeners) =>
        AcquireLocked(new NetDmSwitchContext(client, ownership, listeners, options));

    /// <summary>Turns the drop monitor on again after another process turned it off, or unloaded its module.</summary>
    /// <returns>What holds it on from now on: this, or a new one if another process had held it on.</returns>
    public NetDmSwitch Renew()
    {
        var context = new NetDmSwitchContext(_client, _ownership, _listeners, _options);
        if (IsForeign)
        {
            return Acquire(context);
        }

        using IDisposable held = _ownership.Lock([]);
        if (!IsReleased && !_client.IsOn())
        {
            Update(NetDmAcquisition.TurnOnAgain(_client, _ownership.Read([]) ?? _joined!));
        }

        return this;
    }

    public void Dispose()
    {
        _guard?.Dispose();
        Release();
    }

    private static NetDmSwitch Acquire(NetDmSwitchContext context)
    {
        try
        {
            return AcquireLocked(context);
        }
        catch (NetlinkException error) when (error.Errno is Errno.EPERM or Errno.EACCES)
        {
            throw new PrivilegeException("Turning on the kernel's drop monitor was refused.", "CAP_NET_ADMIN", error);
        }
    }

    // Guarded before the monitor is on: a signal in between waits until it is, and then gives it back.
    private static NetDmSwitch AcquireLocked(NetDmSwitchContext context)
    {
        object acquiring = new();
        NetDmSwitch? acquired = null;
        var guard = new ExitGuard(() =>
        {
            lock (acquiring)
            {
                acquired?.Release();
            }
        });
        try
        {
            lock (acquiring)
            {
                acquired = new NetDmSwitch(context, NetDmAcquisition.JoinOrTurnOn(context));
                acquired.LogAcquisition();
            }
        }
        finally
        {
            if (acquired is null or { IsForeign: true })
            {
                guard.Dispose();
            }
        }

        acquired._guard = acquired.IsForeign ? null : guard;
        return acquired;
    }

    private void LogAcquisition()
    {
        string configuration = NetDmRestoration.Describe(Configuration);
        if (IsForeign)
        {
            DropMonEvents.Log.DropMonitorJoined(configuration, "another process");
        }
        else if (_joined is { Participants.Count: > 1 })
        {
            DropMonEvents.Log.DropMonitorJoined(configuration, "another session of DropMon");
        }
        else
        {
            DropMonEvents.Log.DropMonitorEnabled(configuration);
        }
    }

    private void Release()
    {
        // The exit guard and Dispose may both come here, on different threads. The second waits: behind it the process may end.
        lock (_releasing)
        {
            if (_participant is not null && Interlocked.Exchange(ref _released, 1) == 0)
            {
                Leave(_participant);
            }
        }
    }

    private void Leave(NetDmParticipant participant)
    {
        using IDisposable held = _ownership.Lock([]);
        // Removing the record does not turn off the drop monitor.
        NetDmOwnershipRecord? record = (_ownership.Read([]) ?? _joined)?.Leave(participant);
        if (record is { Participants.Count: 0, TookOver: false } && NetDmRestoration.IsListenedTo(_client, record, _listeners))
        {
            Note(
                $"The drop monitor was left on because other programs listen to it ({NetDmAcquisition.Listeners(_listeners)}). The next " +
                "DropMon session turns it off; or run dropwatch and enter stop.");
            DropMonEvents.Log.DropMonitorReleased("on, because other programs listen to it");
            Update(record);
        }
        else if (record is { Participants.Count: 0 })
        {
            string? leftAlone = NetDmRestoration.Perform(_client, record);
            DropMonEvents.Log.DropMonitorReleased(leftAlone ?? (record.TookOver ? "on, as it was found" : "off, as it was found"));
            if (leftAlone is not null)
            {
                Note(leftAlone);
            }

            _ownership.Write(null);
        }
        else if (record is not null)
        {
            DropMonEvents.Log.DropMonitorReleased("on, because other sessions of DropMon use it");
            Update(record);
        }
    }

    // A record that stays as it was names one session too many, which is dead, or an older configuration: nothing to fail for.
    private void Update(NetDmOwnershipRecord record)
    {
        try
        {
            _ownership.Write(record);
        }
        catch (Exception error) when (NetDmOwnership.IsFailure(error))
        {
            Note($"The record in {_ownership.Directory} could not be updated ({error.Message}).");
        }
    }

    private void Note(string sentence)
    {
        lock (_notes)
        {
            _notes.Add(sentence);
        }
    }
}
