using DropMon.Native;
using DropMon.Netlink;

namespace DropMon.NetDm;

/// <summary>
/// Holds the drop monitor on. The kernel's monitor is one global switch without an owner: what somebody else turned on is
/// left alone; what DropMon turned on is turned off, and its former configuration restored, by the last that uses it.
/// </summary>
internal sealed class NetDmSwitch : IDisposable
{
    private readonly NetDmClient _client;
    private readonly NetDmOwnership _ownership;
    private readonly INetDmAudience _audience;
    private readonly NetDmOptions _options;
    private readonly List<string> _notes;
    private readonly NetDmParticipant? _participant;
    private readonly NetDmOwnershipRecord? _joined;
    private readonly object _releasing = new();
    private ExitGuard? _guard;
    private int _released;

    private NetDmSwitch(Surroundings surroundings, NetDmConfiguration configuration, List<string> notes, NetDmParticipant? participant = null, NetDmOwnershipRecord? joined = null)
    {
        (_client, _ownership, _audience, _options) = surroundings;
        _participant = participant;
        _joined = joined;
        _notes = notes;
        Configuration = configuration;
    }

    /// <summary>The configuration in force.</summary>
    public NetDmConfiguration Configuration { get; }

    /// <summary>Whether somebody other than DropMon turned the monitor on.</summary>
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
    public static NetDmSwitch Acquire(NetDmClient client, NetDmOptions options, INetDmAudience audience) =>
        Acquire(new Surroundings(client, new NetDmOwnership(NetDmOwnership.DefaultDirectory), audience, options));

    internal static NetDmSwitch AcquireLocked(NetDmClient client, NetDmOptions options, NetDmOwnership ownership, INetDmAudience audience) =>
        AcquireLocked(new Surroundings(client, ownership, audience, options));

    /// <summary>Turns the monitor on again after somebody else turned it off, or unloaded its module.</summary>
    /// <returns>What holds it on from now on: this, or, where it was somebody else who had held it on, a new one.</returns>
    public NetDmSwitch Renew()
    {
        var surroundings = new Surroundings(_client, _ownership, _audience, _options);
        if (IsForeign)
        {
            return Acquire(surroundings);
        }

        using IDisposable held = _ownership.Lock([]);
        if (!IsReleased && !_client.IsOn())
        {
            Update(TurnOnAgain(_client, _ownership.Read([]) ?? _joined!));
        }

        return this;
    }

    public void Dispose()
    {
        _guard?.Dispose();
        Release();
    }

    private static NetDmSwitch Acquire(Surroundings surroundings)
    {
        try
        {
            return AcquireLocked(surroundings);
        }
        catch (NetlinkException error) when (error.Errno is Errno.EPERM or Errno.EACCES)
        {
            throw new PrivilegeException("Turning on the kernel's drop monitor was refused.", "CAP_NET_ADMIN", error);
        }
    }

    // Guarded before the monitor is on: a signal in between waits until it is, and then gives it back.
    private static NetDmSwitch AcquireLocked(Surroundings surroundings)
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
                acquired = JoinOrTurnOn(surroundings);
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

    private static NetDmSwitch JoinOrTurnOn(Surroundings surroundings)
    {
        NetDmOwnership ownership = surroundings.Ownership;
        var notes = new List<string>();
        NetDmParticipant self = NetDmParticipant.ThisProcess();
        using IDisposable held = ownership.Lock(notes);
        NetDmOwnershipRecord? record = Reclaim(surroundings, ownership.Read(notes), notes);
        return record is null ? TurnOn(surroundings, self, notes) : Join(surroundings, record, self, notes);
    }

    private static NetDmSwitch Join(Surroundings surroundings, NetDmOwnershipRecord record, NetDmParticipant self, List<string> notes)
    {
        var (client, ownership, _, options) = surroundings;
        if (record.Participants.Count > 0)
        {
            notes.Add("Another DropMon session turned the drop monitor on: its configuration stays in force.");
        }

        if (!client.IsOn())
        {
            record = TurnOnAgain(client, record);
            notes.Add("Somebody had turned it off since: it is on again.");
        }

        if (options.Hardware && !record.Hardware)
        {
            client.TryStart(software: false, hardware: true);
            record = record with { Hardware = true };
        }

        NetDmConfiguration inForce = client.GetConfiguration();
        record = record.Join(self);
        ownership.Write(record);
        return new NetDmSwitch(surroundings, inForce, notes, self, record);
    }

    private static NetDmSwitch TurnOn(Surroundings surroundings, NetDmParticipant self, List<string> notes)
    {
        var (client, ownership, audience, options) = surroundings;
        NetDmConfiguration former = client.GetConfiguration();
        bool isOn = client.IsOn();
        if (isOn && !options.Force)
        {
            return ListenAlong(surroundings, former, self, notes);
        }

        // The record comes first: killed in between, a session leaves one that claims too much, and never a monitor that is on for nobody.
        NetDmOwnershipRecord record = new NetDmOwnershipRecord(former, options.Configuration, options.Hardware, TookOver: isOn, []).Join(self);
        ownership.Write(record);
        try
        {
            if (isOn)
            {
                client.Stop(software: true, hardware: true);
                notes.Add($"Took over a drop monitor that somebody else had turned on ({NetDmHandback.Describe(former)}, {Listeners(audience)}); it will be on again with that configuration afterwards.");
            }

            if (TryTurnOn(client, record))
            {
                return new NetDmSwitch(surroundings, options.Configuration, notes, self, record);
            }
        }
        catch
        {
            NetDmHandback.Restore(client, record);
            ownership.Write(null);
            throw;
        }

        // Somebody else was quicker.
        ownership.Write(null);
        return isOn
            ? throw new MonitorConflictException("Somebody else turned the drop monitor on again while it was being taken over.")
            : ListenAlong(surroundings, client.GetConfiguration(), self, notes);
    }

    // What a session that died left on is turned off, unless others have come to listen.
    private static NetDmOwnershipRecord? Reclaim(Surroundings surroundings, NetDmOwnershipRecord? record, List<string> notes)
    {
        var (client, ownership, audience, options) = surroundings;
        if (record is not null && options.Force)
        {
            // Nobody here can tell whether they live.
            record = record with { Participants = [.. record.Participants.Where(participant => !participant.IsElsewhere)] };
        }

        if (record is not { Participants.Count: 0 })
        {
            return record;
        }

        if (NetDmHandback.IsListenedTo(client, record, audience))
        {
            notes.Add($"A DropMon session that had turned the drop monitor on ended and left it on for others who listen ({Listeners(audience)}).");
            return record;
        }

        notes.Add(NetDmHandback.Perform(client, record) ?? "A DropMon session that had turned the drop monitor on ended without turning it off: reclaimed.");
        ownership.Write(null);
        return null;
    }

    private static NetDmSwitch ListenAlong(Surroundings surroundings, NetDmConfiguration inForce, NetDmParticipant self, List<string> notes)
    {
        // On for hardware drops only, it would tell nothing of software's: that part is off, and ours to turn on.
        if (surroundings.Client.TryStart(software: true, hardware: false))
        {
            notes.Add($"Somebody else turned the drop monitor on for hardware drops ({NetDmHandback.Describe(inForce)}): software drops were added; the rest is left alone.");
            NetDmOwnershipRecord record = new NetDmOwnershipRecord(inForce, inForce, Hardware: false, TookOver: false, []).Join(self);
            surroundings.Ownership.Write(record);
            return new NetDmSwitch(surroundings, inForce, notes, self, record);
        }

        notes.Add($"Somebody else turned the drop monitor on ({NetDmHandback.Describe(inForce)}, {Listeners(surroundings.Audience)}): listening along; its configuration and its switch are left alone. -Force takes it over.");
        return new NetDmSwitch(surroundings, inForce, notes);
    }

    private static bool TryTurnOn(NetDmClient client, NetDmOwnershipRecord record) =>
        client.TryConfigure(record.Configuration) && client.TryStart(software: true, record.Hardware);

    // Whoever turned it off wants it off afterwards, and configured as he has left it.
    private static NetDmOwnershipRecord TurnOnAgain(NetDmClient client, NetDmOwnershipRecord record)
    {
        NetDmConfiguration former = NetDmHandback.FindOther(client, record) ?? record.FormerConfiguration;
        return TryTurnOn(client, record) ? record with { FormerConfiguration = former, TookOver = false } : record;
    }

    private static string Listeners(INetDmAudience audience) => audience.CountOthers() switch
    {
        0 => "nobody listening",
        1 => "one listener",
        int count => $"{count} listeners",
    };

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
        // Whoever removed the record did not turn off the monitor.
        NetDmOwnershipRecord? record = (_ownership.Read([]) ?? _joined)?.Leave(participant);
        if (record is { Participants.Count: 0, TookOver: false } && NetDmHandback.IsListenedTo(_client, record, _audience))
        {
            Note($"The drop monitor was left on, since others listen to it ({Listeners(_audience)}). The next DropMon session turns it off, or: dropwatch, then stop.");
            Update(record);
        }
        else if (record is { Participants.Count: 0 })
        {
            if (NetDmHandback.Perform(_client, record) is { } leftAlone)
            {
                Note(leftAlone);
            }

            _ownership.Write(null);
        }
        else if (record is not null)
        {
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
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Note($"The record in {_ownership.Directory} could not be brought up to date ({error.Message}).");
        }
    }

    private void Note(string sentence)
    {
        lock (_notes)
        {
            _notes.Add(sentence);
        }
    }

    /// <summary>What a switch works with.</summary>
    private sealed record Surroundings(NetDmClient Client, NetDmOwnership Ownership, INetDmAudience Audience, NetDmOptions Options);
}
