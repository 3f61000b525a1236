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
    private readonly ExitGuard? _guard;
    private readonly NetDmParticipant? _participant;
    private int _released;

    private NetDmSwitch(NetDmClient client, NetDmOwnership ownership, NetDmConfiguration configuration, NetDmParticipant? participant, IReadOnlyList<string> notes)
    {
        _client = client;
        _ownership = ownership;
        _participant = participant;
        Configuration = configuration;
        Notes = notes;
        _guard = participant is null ? null : new ExitGuard(Release);
    }

    /// <summary>The configuration in force.</summary>
    public NetDmConfiguration Configuration { get; }

    /// <summary>Whether somebody other than DropMon turned the monitor on.</summary>
    public bool IsForeign => _participant is null;

    /// <summary>What was found and done, in sentences.</summary>
    public IReadOnlyList<string> Notes { get; }

    /// <summary>Turns the monitor on, or joins in if it is on.</summary>
    /// <exception cref="PrivilegeException">The caller lacks CAP_NET_ADMIN.</exception>
    public static NetDmSwitch Acquire(NetDmClient client, NetDmOptions options)
    {
        try
        {
            return AcquireLocked(client, options, new NetDmOwnership(NetDmOwnership.DefaultDirectory));
        }
        catch (NetlinkException error) when (error.Errno is Errno.EPERM or Errno.EACCES)
        {
            throw new PrivilegeException("Turning on the kernel's drop monitor was refused.", "CAP_NET_ADMIN", error);
        }
    }

    internal static NetDmSwitch AcquireLocked(NetDmClient client, NetDmOptions options, NetDmOwnership ownership)
    {
        var notes = new List<string>();
        NetDmParticipant self = NetDmParticipant.ThisProcess();
        using IDisposable held = ownership.Lock(notes);
        NetDmOwnershipRecord? record = ownership.Read();
        if (record is { Participants.Count: 0 })
        {
            notes.Add("A DropMon session that had turned the drop monitor on ended without turning it off: reclaimed.");
            GiveBack(client, record);
            ownership.Write(null);
            record = null;
        }

        if (record is not null)
        {
            notes.Add("Another DropMon session turned the drop monitor on: its configuration stays in force.");
            if (options.Hardware && !record.Hardware)
            {
                client.TryStart(software: false, hardware: true);
                record = record with { Hardware = true };
            }

            ownership.Write(record.Join(self));
            return new NetDmSwitch(client, ownership, client.GetConfiguration(), self, notes);
        }

        NetDmConfiguration former = client.GetConfiguration();
        bool tookOver = false;
        if (!TryTurnOn(client, options))
        {
            if (!options.Force)
            {
                notes.Add($"Somebody else turned the drop monitor on ({Describe(former)}): listening along; its configuration and its switch are left alone. -Force takes it over.");
                return new NetDmSwitch(client, ownership, former, participant: null, notes);
            }

            client.Stop(software: true, hardware: true);
            tookOver = TryTurnOn(client, options)
                ? true
                : throw new MonitorConflictException("Somebody else turned the drop monitor on again while it was being taken over.");
            notes.Add($"Took over a drop monitor that somebody else had turned on ({Describe(former)}); it will be on again with that configuration afterwards.");
        }

        ownership.Write(new NetDmOwnershipRecord(former, options.Hardware, tookOver, []).Join(self));
        return new NetDmSwitch(client, ownership, options.Configuration, self, notes);
    }

    public void Dispose()
    {
        _guard?.Dispose();
        Release();
    }

    private static bool TryTurnOn(NetDmClient client, NetDmOptions options)
    {
        try
        {
            client.Configure(options.Configuration);
        }
        catch (NetlinkException error) when (error.Errno == Errno.EBUSY)
        {
            return false;
        }

        return client.TryStart(software: true, options.Hardware);
    }

    private static void GiveBack(NetDmClient client, NetDmOwnershipRecord record)
    {
        client.Stop(software: true, record.Hardware);
        client.Configure(record.FormerConfiguration);
        if (record.TookOver)
        {
            client.TryStart(software: true, hardware: false);
        }
    }

    private static string Describe(NetDmConfiguration configuration) =>
        $"mode {configuration.Mode}, truncation {configuration.TruncationLength}, queue {configuration.QueueLength}";

    private void Release()
    {
        // The exit guard and Dispose may both come here, on different threads.
        if (_participant is null || Interlocked.Exchange(ref _released, 1) != 0)
        {
            return;
        }

        using IDisposable held = _ownership.Lock([]);
        NetDmOwnershipRecord? record = _ownership.Read()?.Leave(_participant);
        if (record is { Participants.Count: 0 })
        {
            GiveBack(_client, record);
            _ownership.Write(null);
        }
        else if (record is not null)
        {
            _ownership.Write(record);
        }
    }
}
